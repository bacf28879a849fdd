import { createCipheriv, createDecipheriv, createHmac, randomBytes, scryptSync } from 'node:crypto'
import { AppError } from '../../lib/app-error.ts'
import { type MasterKeys, KEY_BYTES } from '../../lib/master-key.ts'

/** The master keys, closed with a passphrase. */
export interface ClosedKeys {
  salt: string
  iv: string
  tag: string
  body: string
}

const SHORTEST_PASSPHRASE = 12
const COST = { N: 2 ** 17, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }

/** Says of a key whether it is the same one; nobody gets from it to the key. */
export const markOf = (key: Buffer): string =>
  createHmac('sha256', key).update('mark of a back-up').digest('base64url').slice(0, 22)

export const allKeys = ({ key, oldKeys }: MasterKeys): Buffer[] => [key, ...oldKeys]

/** Throws INVALID for a passphrase that is guessed too easily: the file may lie about for years. */
export function closeKeys(keys: readonly Buffer[], passphrase: string): ClosedKeys {
  if (passphrase.length < SHORTEST_PASSPHRASE)
    throw new AppError('INVALID', `A passphrase has at least ${SHORTEST_PASSPHRASE} characters.`)
  const [salt, iv] = [randomBytes(16), randomBytes(12)]
  const cipher = createCipheriv('aes-256-gcm', scryptSync(passphrase, salt, KEY_BYTES, COST), iv)
  const body = Buffer.concat([cipher.update(Buffer.concat(keys)), cipher.final()])
  const text = (bytes: Buffer): string => bytes.toString('base64')
  return { salt: text(salt), iv: text(iv), tag: text(cipher.getAuthTag()), body: text(body) }
}

/** Throws INVALID for another passphrase. */
export function openKeys(closed: ClosedKeys, passphrase: string): Buffer[] {
  try {
    const bytes = (text: string): Buffer => Buffer.from(text, 'base64')
    const secret = scryptSync(passphrase, bytes(closed.salt), KEY_BYTES, COST)
    const decipher = createDecipheriv('aes-256-gcm', secret, bytes(closed.iv), {
      authTagLength: 16,
    })
    decipher.setAuthTag(bytes(closed.tag))
    const all = Buffer.concat([decipher.update(bytes(closed.body)), decipher.final()])
    const count = all.length / KEY_BYTES
    return Array.from({ length: count }, (_, n) => all.subarray(n * KEY_BYTES, (n + 1) * KEY_BYTES))
  } catch {
    throw new AppError('INVALID', 'This is not the passphrase of the back-up.')
  }
}
