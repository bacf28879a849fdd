import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, describe, expect, it } from 'vitest'
import { passwordResetLetter } from './letters.ts'
import { openMailer } from './smtp-mailer.ts'

const letter = passwordResetLetter({
  name: 'Ada Ö',
  link: 'https://a.example/?token=x',
  minutes: 30,
})
const from = 'Allswell <status@example.com>'

interface Received {
  from: string
  to: string[]
  user: string | undefined
  message: string
}

describe('a letter by SMTP', () => {
  const received: Received[] = []
  let server: SMTPServer | undefined

  const listen = async (options: SMTPServerOptions = {}): Promise<string> => {
    server = new SMTPServer({
      ...{ authOptional: true, disabledCommands: ['STARTTLS'], logger: false },
      onAuth: ({ username, password }, _session, done) =>
        password === 'se:cret@1' ? done(null, { user: username }) : done(new Error('no')),
      onData(stream, session, done) {
        let message = ''
        stream.on('data', (part: Buffer) => (message += part.toString()))
        stream.on('end', () => {
          const { mailFrom, rcptTo } = session.envelope
          const to = rcptTo.map(({ address }) => address)
          received.push({ from: mailFrom ? mailFrom.address : '', to, user: session.user, message })
          done()
        })
      },
      ...options,
    })
    await new Promise<void>((done) => server!.listen(0, '127.0.0.1', done))
    return `127.0.0.1:${(server.server.address() as AddressInfo).port}`
  }

  afterEach(async () => {
    received.length = 0
    await new Promise<void>((done) => (server ? server.close(done) : done()))
    server = undefined
  })

  it('arrives as text and as HTML', async () => {
    const mailer = openMailer({ smtpUrl: `smtp://${await listen()}`, from })
    await mailer.send({ to: 'ada@example.com', ...letter })
    expect(received).toHaveLength(1)
    expect(received[0]).toMatchObject({ from: 'status@example.com', to: ['ada@example.com'] })
    const { message } = received[0]!
    expect(message).toMatch(/^From: Allswell <status@example.com>\r$/m)
    expect(message).toMatch(/^Subject: Set a new password for Allswell\r$/m)
    expect(message).toContain('multipart/alternative')
    expect(message).toContain('text/plain')
    expect(message).toContain('text/html')
  })

  it('goes with a user and a password', async () => {
    const host = await listen({ authOptional: false, allowInsecureAuth: true })
    const smtpUrl = `smtp://me%40example.com:se%3Acret%401@${host}`
    await openMailer({ smtpUrl, from }).send({ to: 'ada@example.com', ...letter })
    expect(received[0]!.user).toBe('me@example.com')
  })

  it.each([
    'ada@example.com\r\nBcc: eve@example.com',
    'ada@example.com, eve@example.com',
    'Ada <ada@example.com>',
    'ada\0@example.com',
    '',
  ])('goes to no address like %j', async (to) => {
    const mailer = openMailer({ smtpUrl: `smtp://${await listen()}`, from })
    await expect(mailer.send({ to, ...letter })).rejects.toThrow('plain address')
    expect(received).toEqual([])
  })

  it.each(['Hello\r\nBcc: eve@example.com', 'Hello\nthere', 'Hello\0', 'x'.repeat(1_000)])(
    'has no subject like %j',
    async (subject) => {
      const mailer = openMailer({ smtpUrl: `smtp://${await listen()}`, from })
      const sending = mailer.send({ to: 'ada@example.com', ...letter, subject })
      await expect(sending).rejects.toThrow('one line')
      expect(received).toEqual([])
    },
  )

  it('does not show the password to another machine without TLS', async () => {
    const host = await listen({ authOptional: false, allowInsecureAuth: true })
    // To the mailer this is no loopback address.
    const smtpUrl = `smtp://me:se%3Acret%401@${host.replace('127.0.0.1', '0.0.0.0')}`
    const sending = openMailer({ smtpUrl, from }).send({ to: 'ada@example.com', ...letter })
    await expect(sending).rejects.toThrow(/TLS/)
    expect(received).toEqual([])
  })

  it('is not sent when the server refuses it', async () => {
    const host = await listen({ onRcptTo: (_address, _session, done) => done(new Error('full')) })
    const mailer = openMailer({ smtpUrl: `smtp://${host}`, from })
    await expect(mailer.send({ to: 'ada@example.com', ...letter })).rejects.toThrow('full')
  })

  it('is not sent when nobody listens, or TLS is spoken to who knows none', async () => {
    const host = await listen()
    const secure = openMailer({ smtpUrl: `smtps://${host}`, from })
    await expect(secure.send({ to: 'ada@example.com', ...letter })).rejects.toThrow()
    const closed = createServer()
    await new Promise<void>((done) => closed.listen(0, '127.0.0.1', done))
    const { port } = closed.address() as AddressInfo
    await new Promise((done) => closed.close(done))
    const mailer = openMailer({ smtpUrl: `smtp://127.0.0.1:${port}`, from })
    await expect(mailer.send({ to: 'ada@example.com', ...letter })).rejects.toThrow('ECONNREFUSED')
  })

  it('is not sent without a configured server', async () => {
    const mailer = openMailer(undefined)
    expect(mailer.isConfigured).toBe(false)
    await expect(mailer.send({ to: 'ada@example.com', ...letter })).rejects.toThrow('No SMTP')
  })
})
