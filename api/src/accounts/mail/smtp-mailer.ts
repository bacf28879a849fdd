import type { Transporter } from 'nodemailer'
import type { MailConfig } from '../../config/index.ts'
import { emailProblems } from '../users/people.ts'
import { type Letter, type Mailer, noMailer } from './mailer.ts'

const PATIENCE_MS = 10_000
const LONGEST_SUBJECT = 250
const CONTROL = /\p{Cc}/u
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[?::1\]?)$/

/** The mailer of this configuration. */
export function openMailer(config: MailConfig | undefined): Mailer {
  return config ? new SmtpMailer(config) : noMailer
}

/** Hands letters to an SMTP server; a connection each, for letters are rare. */
class SmtpMailer implements Mailer {
  readonly isConfigured = true
  private transporter: Promise<Transporter> | undefined

  constructor(private readonly config: MailConfig) {}

  async send({ to, subject, text, html, headers = {} }: Letter & { to: string }): Promise<void> {
    if (emailProblems(to).length) throw new Error('A letter goes to one plain address')
    if (CONTROL.test(subject) || subject.length > LONGEST_SUBJECT)
      throw new Error('A subject is one line')
    if (Object.values(headers).some((value) => CONTROL.test(value)))
      throw new Error('A header is one line')
    this.transporter ??= this.open()
    const transporter = await this.transporter
    const { from } = this.config
    const address = to.trim()
    const letter = { from, to: { name: '', address }, subject, text, html, headers: { ...headers } }
    await transporter.sendMail(letter)
  }

  private async open(): Promise<Transporter> {
    // Loaded with the first letter: a server without SMTP never pays for it.
    const { createTransport } = await import('nodemailer')
    const { protocol, hostname, port, username, password } = new URL(this.config.smtpUrl)
    const secure = protocol === 'smtps:'
    const auth = { user: decodeURIComponent(username), pass: decodeURIComponent(password) }
    return createTransport({
      host: hostname.replace(/^\[|\]$/g, ''),
      ...{ port: Number(port) || (secure ? 465 : 587), secure },
      ...(username ? { auth } : {}),
      // A password never goes over an open line to another machine.
      requireTLS: Boolean(username) && !LOOPBACK.test(hostname),
      ...{ connectionTimeout: PATIENCE_MS, greetingTimeout: PATIENCE_MS },
      ...{ socketTimeout: PATIENCE_MS, dnsTimeout: PATIENCE_MS },
      ...{ disableFileAccess: true, disableUrlAccess: true },
    })
  }
}
