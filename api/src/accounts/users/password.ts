import type { FieldProblem } from '../../lib/app-error.ts'
import { HashQueue } from '../throttle/hash-queue.ts'

export const SHORTEST = 10
const LONGEST = 200
/** OWASP's first choice for argon2id, the library's default; about 40 ms. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
/** A hash of no password in particular: who does not exist takes as long to refuse. */
const NOBODY =
  '$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5cyBzYWx0IQ$4Dbnu2O8ZJDjxHRqHGIuJnnE8hBmdZVZlrLSyl0KZmI'
const queue = new HashQueue()
/** It takes 12 MB, and a server that nobody signs in to does without. */
const argon2 = () => import('@node-rs/argon2')

/** argon2id of a password. Throws LIMIT when too many wait for theirs. */
export function hashPassword(password: string): Promise<string> {
  return queue.run(async () => (await argon2()).hash(normalised(password), COST))
}

/** Takes the same time whether or not there is a hash. Throws LIMIT when too many wait. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  const isRight = await queue.run(async () => {
    const { verify } = await argon2()
    return verify(stored ?? NOBODY, normalised(password)).catch(() => false)
  })
  return isRight && stored !== null
}

/** The same password typed on another keyboard is the same password. */
const normalised = (password: string): string => password.normalize('NFKC').slice(0, LONGEST)

/** What is wrong with a new password. */
export function passwordProblems(
  password: string,
  about: { email?: string; name?: string } = {},
  path: string[] = ['password'],
): FieldProblem[] {
  const message = complaint(password, about)
  return message ? [{ path, code: password.length > LONGEST ? 'LIMIT' : 'INVALID', message }] : []
}

function complaint(password: string, about: { email?: string; name?: string }): string | undefined {
  if (password.length < SHORTEST) return `A password has at least ${SHORTEST} characters.`
  if (password.length > LONGEST) return `A password has at most ${LONGEST} characters.`
  const plain = password.toLowerCase()
  const personal = [about.email, about.email?.split('@')[0], about.name, 'allswell']
  const isPersonal = personal.some((part) => part && part.length > 3 && isMostly(plain, part))
  if (isPersonal || isMonotonous(plain)) return 'This password is too easy to guess.'
  return undefined
}

/** Whether little is left of a password without a known part. */
function isMostly(password: string, part: string): boolean {
  return password.includes(part.toLowerCase()) && password.length - part.length < 6
}

const COMMON = ['password', 'passwort', 'qwertyuiop', 'letmein', 'iloveyou', 'welcome', 'admin']
const ROWS = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'qwertyuiopasdfghjklzxcvbnm']

/** Few different characters, a row of the keyboard, or a word that everybody takes. */
function isMonotonous(password: string): boolean {
  if (new Set(password).size < 5) return true
  const isRow = ROWS.some(
    (row) => row.includes(password) || [...row].reverse().join('').includes(password),
  )
  return (
    isRow || COMMON.some((word) => password.includes(word) && password.length - word.length < 5)
  )
}
