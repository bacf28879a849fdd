import { createHash, randomBytes } from 'node:crypto'

const COUNT = 10
/** Base32 of RFC 4648: no 0, 1, 8, 9 to take for letters. */
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'
const LENGTH = 15
const GROUP = /.{5}(?=.)/g
const FORM = /^[a-z2-7]{15}$/

/** Ten codes of 75 random bits, as people write them down: xxxxx-xxxxx-xxxxx. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: COUNT }, () =>
    Array.from(randomBytes(LENGTH), (byte) => LETTERS[byte % LETTERS.length])
      .join('')
      .replace(GROUP, '$&-'),
  )
}

/** What people type around a code does not count. */
export function bareCode(code: string): string {
  return code.replace(/[\s\p{Pd}]/gu, '').toLowerCase()
}

/** Whether a bare code can be a recovery code at all. */
export function isRecoveryCode(bare: string): boolean {
  return FORM.test(bare)
}

/** What is stored: with 75 random bits a plain hash can't be turned back. */
export function hashRecoveryCode(userId: string, code: string): Buffer {
  return createHash('sha256')
    .update(`${userId}:${bareCode(code)}`)
    .digest()
}
