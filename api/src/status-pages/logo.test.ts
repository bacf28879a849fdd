import { describe, expect, it } from 'vitest'
import { AppError } from '../lib/app-error.ts'
import { readLogo } from './logo.ts'

const PNG = Buffer.from('89504e470d0a1a0a0000', 'hex')
const url = (type: string, bytes: Buffer | string): string =>
  `data:${type};base64,${Buffer.from(bytes).toString('base64')}`

/** As drawing programs write it. */
const DRAWN = `<?xml version="1.0" encoding="UTF-8" standalone="no"?>
<!-- Created with Inkscape -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">
<sodipodi:namedview id="v"/><defs><linearGradient id="a"><stop offset="0" style="stop-color:#fff"/></linearGradient>
<style>.b{fill:url(#a)}</style></defs><g class="b" fill="url('#a')"><path d="M0 0h9v9z"/><use xlink:href="#a"/>
<text>Connected = 1</text></g></svg>`

function codeOf(text: string): string {
  try {
    return readLogo(text).type
  } catch (error) {
    return error instanceof AppError ? error.details.problems![0]!.code : String(error)
  }
}

describe('a logo', () => {
  it.each([
    ['image/png', PNG],
    ['image/jpeg', Buffer.from('ffd8ffe000104a46', 'hex')],
    ['image/gif', Buffer.from('GIF89a.........')],
    ['image/webp', Buffer.from('RIFF....WEBPVP8 ')],
    [
      'image/svg+xml',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>'),
    ],
    ['image/svg+xml', Buffer.from(DRAWN)],
  ])('may be %s', (type, bytes) => {
    expect(readLogo(url(type, bytes))).toEqual({ type, bytes })
  })

  it.each([
    ['something else than it says', url('image/jpeg', PNG)],
    ['a page', url('text/html', '<script>alert(1)</script>')],
    ['a page that calls itself a picture', url('image/png', '<html><script>alert(1)</script>')],
    ['an address', 'https://example.com/logo.png'],
    ['no base64', 'data:image/png;base64,***'],
    ['unpacked text', 'data:image/svg+xml,<svg/>'],
    ['nothing', ''],
    ['NUL', '\0'],
  ])('is not %s', (_what, text) => {
    expect(codeOf(text)).toBe('INVALID')
  })

  it('has at most 256 kB', () => {
    expect(codeOf(url('image/png', Buffer.concat([PNG, Buffer.alloc(256 * 1024)])))).toBe('LIMIT')
  })

  it.each([
    '<svg><script>alert(1)</script></svg>',
    '<svg onload="alert(1)"/>',
    '<svg onload\n=alert(1)>',
    '<svg/onload=alert(1)>',
    '<svg><a href="javascript:alert(1)"/></svg>',
    '<svg><a href="java&#115;cript:alert(1)"/></svg>',
    '<svg><a href="java&#x0A;script:alert(1)"/></svg>',
    '<svg><svg:script>alert(1)</svg:script></svg>',
    '<svg><foreignObject><body/></foreignObject></svg>',
    '<svg><use href="https://evil.example/x.svg#a"/></svg>',
    '<svg><image href="https://evil.example/pixel.png"/></svg>',
    '<svg><style>@import url(https://evil.example/x.css)</style></svg>',
    '<!DOCTYPE svg [<!ENTITY x "y">]><svg>&x;</svg>',
    '<?xml-stylesheet href="x"?><svg/>',
    '<svg><set attributeName="onmouseover" to="alert(1)"/></svg>',
    '<svg><handler>alert(1)</handler></svg>',
  ])('is no drawing that does something or loads something: %s', (svg) => {
    expect(codeOf(url('image/svg+xml', svg))).toBe('INVALID')
  })
})
