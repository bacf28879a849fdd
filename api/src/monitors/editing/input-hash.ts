import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

const SALT_BYTES = 16

/** A salted hash of an input, whatever the order of its fields. */
export function hashInput(input: unknown, salt: Buffer = randomBytes(SALT_BYTES)): Buffer {
  const hash = createHmac('sha256', salt).update(canonical(input)).digest()
  return Buffer.concat([salt, hash])
}

export function isHashOf(hash: Buffer, input: unknown): boolean {
  return timingSafeEqual(hash, hashInput(input, hash.subarray(0, SALT_BYTES)))
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
