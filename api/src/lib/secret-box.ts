import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { type ConfiguredKeys, KEY_BYTES, readMasterKeys } from './master-key.ts'

const IV_BYTES = 12

/** Seals texts with AES-256-GCM as `v1:kid:iv:tag:ciphertext`. What is sealed for one place opens in no other. */
export class SecretBox {
  private readonly kid: string
  private readonly keys: ReadonlyMap<string, Buffer>

  /** Seals with the key; opens with the old ones too, until everything is sealed anew. */
  constructor(
    private readonly key: Buffer,
    oldKeys: readonly Buffer[] = [],
  ) {
    if ([key, ...oldKeys].some(({ length }) => length !== KEY_BYTES))
      throw new Error('A master key has 32 bytes')
    this.kid = kidOf(key)
    this.keys = new Map([...oldKeys, key].map((one) => [kidOf(one), one]))
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

  /** The same secret sealed with the present key; as it is when it already is. Throws when it does not open. */
  reseal(sealed: string, place: string): string {
    const text = this.open(sealed, place)
    return sealed.startsWith(`v1:${this.kid}:`) ? sealed : this.seal(text, place)
  }

  /** Throws when the text was sealed with an unknown key, for another place, or was changed. */
  open(sealed: string, place: string): string {
    const [version, kid, iv, tag, body] = sealed.split(':')
    if (version !== 'v1' || iv === undefined || tag === undefined || body === undefined)
      throw new Error('Not a sealed secret')
    const key = this.keys.get(kid ?? '')
    if (!key) throw new Error('A secret was sealed with another master key')
    const bytes = (part: string): Buffer => Buffer.from(part, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', key, bytes(iv), { authTagLength: 16 })
    decipher.setAAD(Buffer.from(place)).setAuthTag(bytes(tag))
    return Buffer.concat([decipher.update(bytes(body)), decipher.final()]).toString('utf8')
  }
}

function kidOf(key: Buffer): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 8)
}

/** The box of this installation. Throws UNAVAILABLE when its key file holds something else. */
export function openSecretBox(dataFolder: string, configured: ConfiguredKeys = {}): SecretBox {
  const { key, oldKeys } = readMasterKeys(dataFolder, configured)
  return new SecretBox(key, oldKeys)
}
