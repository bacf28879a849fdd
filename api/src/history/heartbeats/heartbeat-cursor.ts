import { AppError } from '../../lib/app-error.ts'

const CURSOR = /^s([0-9a-z]{1,12})$/

/** A place in a list of heartbeats; `slotUs` is µs since 1970. */
export function encodeSlot(slotUs: number): string {
  return Buffer.from(`s${slotUs.toString(36)}`).toString('base64url')
}

/** The slot of a cursor. Throws INVALID for anything that `encodeSlot` did not make. */
export function decodeSlot(cursor: string): number {
  const [, digits] = CURSOR.exec(Buffer.from(cursor, 'base64url').toString('latin1')) ?? []
  const slotUs = digits ? parseInt(digits, 36) : NaN
  if (Number.isSafeInteger(slotUs) && encodeSlot(slotUs) === cursor) return slotUs
  throw AppError.invalid([
    { path: ['after'], code: 'INVALID', message: '`after` is not a cursor of this list.' },
  ])
}
