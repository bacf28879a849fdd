import { describe, expect, it } from 'vitest'
import { crc32 } from './crc32.ts'
import { isApiToken, newApiToken, prefixOf } from './token-secret.ts'

it('checks by CRC-32', () => expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926))

describe('an API token', () => {
  it('is recognised, and never made twice', () => {
    const made = Array.from({ length: 500 }, newApiToken)
    expect(made.every(isApiToken)).toBe(true)
    expect(new Set(made).size).toBe(500)
  })

  it('is not recognised with any one character changed', () => {
    const token = newApiToken()
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'x' ? 'y' : 'x'
      expect(isApiToken(token.slice(0, at) + other + token.slice(at + 1))).toBe(false)
    }
  })

  it.each([
    '',
    'aw_',
    'aw_\0',
    `${newApiToken()} `,
    `x${newApiToken()}`,
    newApiToken().slice(0, -1),
  ])('is not %j', (text) => expect(isApiToken(text)).toBe(false))

  it('is recognised by people by its first characters', () =>
    expect(prefixOf(newApiToken())).toMatch(/^aw_[0-9A-Za-z]{5}$/))
})
