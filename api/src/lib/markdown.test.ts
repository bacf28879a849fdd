import { describe, expect, it } from 'vitest'
import { LONGEST_MARKDOWN, markdownAsText, renderMarkdown } from './markdown.ts'

describe('Markdown', () => {
  it('becomes HTML', () => {
    expect(renderMarkdown('How **Acme** is doing, see [here](https://acme.example).')).toBe(
      '<p>How <strong>Acme</strong> is doing, see <a href="https://acme.example" rel="nofollow noopener noreferrer ugc">here</a>.</p>',
    )
  })

  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '[x](javascript:alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '[x](vbscript:x)',
    '![x](https://tracker.example/pixel.png)',
    '[x](//evil.example)',
    '<a href="javascript:alert(1)" onclick="x">y</a>',
    '"><svg/onload=alert(1)>',
  ])('of %j has no tag and no address that does something', (source) => {
    const html = renderMarkdown(source)
    expect(html).not.toMatch(/<(?!\/?(p|a|br|strong|em)\b)|<[^>]*(href|src)="(?!https?:|mailto:)/)
    expect(html).not.toMatch(/<[^>]*\bon\w+=/)
  })

  it('is cut where it is too long', () => {
    expect(renderMarkdown('x'.repeat(LONGEST_MARKDOWN + 100)).length).toBe(LONGEST_MARKDOWN + 7)
  })

  it('can be told as one line of text', () => {
    expect(markdownAsText('# Hello\n\nHow **we** are <b>doing</b>')).toBe(
      'Hello How we are <b>doing</b>',
    )
  })
})
