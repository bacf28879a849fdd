import { describe, expect, it } from 'vitest'
import { escapeHtml } from './letter-frame.ts'
import { invitationLetter, passwordResetLetter } from './letters.ts'

const link = 'https://status.example.com/reset-password?token=abc&x=1'
const reset = (name: string) => passwordResetLetter({ name, link, minutes: 30 })
const invite = (workspaceName: string, inviterName?: string) =>
  invitationLetter({
    workspaceName,
    inviterName: inviterName ?? null,
    role: 'editor',
    link,
    days: 1,
  })

describe('a letter', () => {
  it('holds the link in text and, escaped, in HTML', () => {
    const { text, html } = reset('Ada')
    expect(text).toContain(`\n${link}\n`)
    expect(html).toContain(`href="${escapeHtml(link)}"`)
    expect(html).not.toContain('token=abc&x')
  })

  it('says how long it holds', () => {
    expect(reset('Ada').text).toContain('for 30 minutes')
    expect(invite('Shop').text).toContain('for 1 day.')
  })

  it('says who invites whereto and as what', () => {
    const { subject, text } = invite('Shop', 'Ada')
    expect(subject).toBe('Join Shop on Allswell')
    expect(text).toContain(
      'Ada invites you to the workspace Shop on Allswell, where you would be an editor.',
    )
    expect(invite('Shop').text).toContain('Somebody invites you')
  })

  it('runs no markup of names', () => {
    const { html } = invite('<img src=x onerror=alert(1)>', '"><script>')
    expect(html).not.toContain('<img')
    expect(html).not.toContain('<script')
  })

  it.each(['https://evil.example/now', 'www.evil.example', 'call@evil.example'])(
    'makes no link of the name %s',
    (name) => {
      const { subject, text, html } = invite(name, name)
      for (const part of [subject, text, html]) expect(part).not.toContain('evil.example')
    },
  )

  it('keeps names on one line and short', () => {
    const { subject, text } = invite(`Shop\r\nBcc: x\u2028y\0${'z'.repeat(500)}`)
    expect(subject).not.toMatch(/\p{Cc}|\u2028/u)
    expect(subject.length).toBeLessThan(100)
    expect(text).not.toContain('\r')
    expect(invite('\u200b').subject).toBe('Join Somebody on Allswell')
  })
})
