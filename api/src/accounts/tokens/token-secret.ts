import { randomInt } from 'node:crypto'
import { crc32 } from './crc32.ts'

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const RANDOM = 40
const CHECK = 6
const FORM = /^aw_([0-9A-Za-z]{40})([0-9A-Za-z]{6})$/
/** So many characters of a secret are shown, to recognise it. */
const SHOWN = 8

/**
 * A secret of 238 random bits with a checksum: `aw_`, 40 characters, then CRC-32 of them in 6. Scanners find one that
 * has leaked, and a mistyped one is refused without asking the database.
 */
export function newApiToken(): string {
  const random = Array.from({ length: RANDOM }, () => DIGITS[randomInt(DIGITS.length)]).join('')
  return `aw_${random}${checkOf(random)}`
}

/** Whether a text can be an API token at all. */
export function isApiToken(text: string): boolean {
  const [, random, check] = FORM.exec(text) ?? []
  return random !== undefined && check === checkOf(random)
}

/** The part of a secret that is no secret. */
export function prefixOf(token: string): string {
  return token.slice(0, SHOWN)
}

function checkOf(random: string): string {
  let rest = crc32(Buffer.from(random))
  let check = ''
  for (let n = 0; n < CHECK; n++) {
    check = `${DIGITS[rest % DIGITS.length]}${check}`
    rest = Math.floor(rest / DIGITS.length)
  }
  return check
}
