import { createHmac, timingSafeEqual } from 'node:crypto'

/** Proofs that a form was drawn by us for this very session: a hidden field that no foreign page can know. */
export class FormTokens {
  /** The key stays the same over restarts, so that an open form does (`secretBox.derive('form tokens')`). */
  constructor(private readonly key: Buffer) {}

  /** For the hash of the session’s secret, so that a form of one session serves no other. */
  formToken(sessionSecretHash: Buffer): string {
    return createHmac('sha256', this.key).update(sessionSecretHash).digest('base64url')
  }

  isRight(token: unknown, sessionSecretHash: Buffer): boolean {
    const expected = Buffer.from(this.formToken(sessionSecretHash))
    const given = Buffer.from(typeof token === 'string' ? token : '')
    return given.length === expected.length && timingSafeEqual(given, expected)
  }
}
