import { createHash, randomBytes } from 'node:crypto'

const BYTES = 32
const FORM = /^[\w-]{43}$/

/** 256 random bits in base64url: nobody guesses them, so a plain hash of them is safe to store. */
export function newSecret(): string {
  return randomBytes(BYTES).toString('base64url')
}

/** Whether a text can be one of our secrets at all. */
export function isSecret(text: string): boolean {
  return FORM.test(text)
}

export function hashSecret(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}
