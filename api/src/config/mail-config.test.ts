import { describe, expect, it } from 'vitest'
import { EnvironmentReader } from './environment-reader.ts'
import { readMailConfig } from './mail-config.ts'

const read = (environment: Record<string, string>) => {
  const reader = new EnvironmentReader(environment, () => 'smtps://me:secret@mail.example.com\n')
  return { mail: readMailConfig(reader), mistakes: reader.mistakes }
}

describe('the configuration of mail', () => {
  it('is absent unless it is given', () => {
    expect(read({})).toEqual({ mail: undefined, mistakes: [] })
    expect(read({ MAIL_FROM: 'anything' })).toEqual({ mail: undefined, mistakes: [] })
  })

  it.each(['status@example.com', 'Allswell <status@example.com>'])(
    'takes the sender %s',
    (from) => {
      const smtpUrl = 'smtp://mail.example.com:25'
      const { mail, mistakes } = read({ SMTP_URL: smtpUrl, MAIL_FROM: from })
      expect(mail).toEqual({ smtpUrl, from })
      expect(mistakes).toEqual([])
    },
  )

  it('takes the address of the server from a file', () => {
    const { mail } = read({ SMTP_URL_FILE: '/run/smtp', MAIL_FROM: 'a@example.com' })
    expect(mail?.smtpUrl).toBe('smtps://me:secret@mail.example.com')
  })

  it.each([
    'mail.example.com',
    'http://mail.example.com',
    'smtp://',
    'smtp://me:%zz@host',
    'smtp://me:%0d@host',
  ])('refuses the server %s, and does not repeat what may hold a password', (url) => {
    const { mistakes } = read({ SMTP_URL: url, MAIL_FROM: 'a@example.com' })
    expect(mistakes).toEqual(['SMTP_URL must look like smtps://user:password@mail.example.com:465'])
  })

  it.each(['', 'nobody', 'a@b, c@d', 'A\r\nBcc: x@y <a@b>', 'A <a@b> <c@d>'])(
    'refuses the sender %j',
    (from) => {
      const { mistakes } = read({ SMTP_URL: 'smtp://host', MAIL_FROM: from })
      expect(mistakes).toEqual([expect.stringContaining('MAIL_FROM')])
    },
  )
})
