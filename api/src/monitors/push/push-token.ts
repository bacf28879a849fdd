import { createHash, randomBytes } from 'node:crypto'

const TOKEN = /^[A-Za-z0-9_-]{32}$/

/** A new secret address for pushes: 192 random bits in 32 characters that need no escape in a URL. */
export function newPushToken(): string {
  return randomBytes(24).toString('base64url')
}

/** Whether a text could be a push token at all. */
export function isPushToken(text: string): boolean {
  return TOKEN.test(text)
}

/** What is stored for the look-up: of a stolen database nobody can push. */
export function hashPushToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** The path to push to; relative to the server's address, which only its visitor knows. */
export function pushUrlOf(token: string): string {
  return `/api/push/${token}`
}
