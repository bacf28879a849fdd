import { createHash, randomInt } from 'node:crypto'

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789'
const LENGTH = 12
const FORM = /^[a-z0-9]{12}$/

/** 62 random bits in 12 lower-case letters and digits: the form in which other systems know pages and components. */
export function newPublicId(): string {
  return Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]!).join('')
}

/** The id that follows from a text: the same for the same, and nobody else's. */
export function publicIdFrom(text: string): string {
  const digest = createHash('sha256').update(text).digest()
  return [...digest.subarray(0, LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]!).join('')
}

/** Whether a text can be the public id of something. */
export function isPublicId(text: string): boolean {
  return FORM.test(text)
}
