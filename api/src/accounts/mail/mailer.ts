/** One letter to one person. */
export interface Letter {
  subject: string
  text: string
  html: string
  /** More headers, for programs of mail. */
  headers?: Readonly<Record<string, string>>
}

/** Sends letters, where an SMTP server is configured. */
export interface Mailer {
  readonly isConfigured: boolean
  /** Throws when the letter was not taken; without a configured server always. */
  send(letter: Letter & { to: string }): Promise<void>
}

/** The mailer of a server without SMTP. */
export const noMailer: Mailer = {
  isConfigured: false,
  send: () => Promise.reject(new Error('No SMTP server is configured')),
}
