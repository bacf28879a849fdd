import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import path from 'node:path'
import { AppError } from './app-error.ts'
import { keepSecretFile } from './durable-file.ts'

const KEY_BYTES = 32
const IV_BYTES = 12

/** Seals texts with AES-256-GCM as `v1:kid:iv:tag:ciphertext`. What is sealed for one place opens in no other. */
export class SecretBox {
  private readonly kid: string

  constructor(private readonly key: Buffer) {
    if (key.length !== KEY_BYTES) throw new Error('A master key has 32 bytes')
    this.kid = createHash('sha256').update(key).digest('hex').slice(0, 8)
  }

  /** `place` names table, column and row (the additional authenticated data). */
  seal(text: string, place: string): string {
    const iv = randomBytes(IV_BYTES)
    const cipher = createCipheriv('aes-256-gcm', this.key, iv).setAAD(Buffer.from(place))
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return [
      'v1',
      this.kid,
      ...[iv, cipher.getAuthTag(), sealed].map((b) => b.toString('base64url')),
    ].join(':')
  }

  /** A secret that follows from the key, the same at every start; nobody gets from it to the key. */
  derive(label: string): Buffer {
    return createHmac('sha256', this.key).update(label).digest()
  }

  /** Throws when the text was sealed with another key, for another place, or was changed. */
  open(sealed: string, place: string): string {
    const [version, kid, iv, tag, body] = sealed.split(':')
    if (version !== 'v1' || iv === undefined || tag === undefined || body === undefined)
      throw new Error('Not a sealed secret')
    if (kid !== this.kid) throw new Error('A secret was sealed with another master key')
    const bytes = (part: string): Buffer => Buffer.from(part, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', this.key, bytes(iv), { authTagLength: 16 })
    decipher.setAAD(Buffer.from(place)).setAuthTag(bytes(tag))
    return Buffer.concat([decipher.update(bytes(body)), decipher.final()]).toString('utf8')
  }
}

/**
 * The box of this installation. Without a configured key (32 bytes, base64) one is made on the first start, readable
 * by its owner only. Throws UNAVAILABLE when the file holds something else.
 */
export function openSecretBox(dataFolder: string, masterKey?: string): SecretBox {
  if (masterKey) return new SecretBox(Buffer.from(masterKey, 'base64'))
  const file = path.join(dataFolder, 'master.key')
  const key = Buffer.from(
    keepSecretFile(file, () => randomBytes(KEY_BYTES).toString('base64')),
    'base64',
  )
  if (key.length === KEY_BYTES) return new SecretBox(key)
  throw new AppError(
    'UNAVAILABLE',
    `${file} does not hold a master key (${KEY_BYTES} bytes in base64). Restore it from a back-up: without it the stored secrets can't be read.`,
  )
}
