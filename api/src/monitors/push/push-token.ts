import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { isId } from '../../lib/ids.ts'

/** Ours have 32 characters; those that come along from elsewhere may have others. */
const TOKEN = /^[A-Za-z0-9_-]{10,64}$/
const PING_KEY = /^[A-Za-z0-9_-]{22}$/

/** A new secret address for pushes: 192 random bits in 32 characters that need no escape in a URL. */
export function newPushToken(): string {
  return randomBytes(24).toString('base64url')
}

/** A new secret UUID for pings. */
export function newPingId(): string {
  return randomUUID()
}

/** A new key to all push monitors of a workspace: 132 random bits in 22 characters. */
export function newPingKey(): string {
  return randomBytes(17).toString('base64url').slice(0, 22)
}

/** Whether a text could be a push token at all. */
export function isPushToken(text: string): boolean {
  return TOKEN.test(text)
}

export function isPingKey(text: string): boolean {
  return PING_KEY.test(text)
}

/** Whether a text could be the UUID of a ping address: canonical, lower case. */
export function isPingId(text: string): boolean {
  return isId(text)
}

/** What is stored for the look-up: of a stolen database nobody can push. */
export function hashPushToken(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

/** The path to push to; relative to the server's address, which only its visitor knows. */
export function pushUrlOf(token: string): string {
  return `/api/push/${token}`
}

/** The path of a ping in the format of Healthchecks. */
export function pingUrlOf(pingId: string): string {
  return `/ping/${pingId}`
}

/** The same by key and slug. */
export function pingSlugUrlOf(pingKey: string, slug: string): string {
  return `/ping/${pingKey}/${slug}`
}

/** A name for addresses, made of a monitor's name. */
export function slugOf(name: string): string {
  const plain = name.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  const slug = plain
    .replace(/[^a-z0-9_]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
  return slug || 'job'
}
