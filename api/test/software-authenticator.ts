import {
  createHash,
  createSign,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { isoCBOR } from '@simplewebauthn/server/helpers'

const FLAGS = {
  present: 0x01,
  verified: 0x04,
  backupEligible: 0x08,
  backedUp: 0x10,
  attested: 0x40,
}

/** What an answer says instead of what it should. */
export interface Lies {
  origin?: string
  rpId?: string
  type?: string
  challenge?: string
  userHandle?: string
  counter?: number
  isVerified?: boolean
  isBackedUp?: boolean
  /** Another key signs. */
  signer?: KeyObject
  attestation?: { fmt: string; attStmt: Map<unknown, unknown> }
}

const sha256 = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest()
const base64url = (data: Uint8Array | string): string => Buffer.from(data).toString('base64url')

/** A passkey in software: a P-256 key that answers WebAuthn's two questions. */
export class SoftwareAuthenticator {
  readonly id = base64url(randomBytes(16))
  private readonly keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  private userHandle = ''
  counter = 0

  constructor(private readonly origin: string) {}

  /** Answers `navigator.credentials.create`. */
  register(
    options: PublicKeyCredentialCreationOptionsJSON,
    lies: Lies = {},
  ): RegistrationResponseJSON {
    this.userHandle = options.user.id
    const data = this.clientData(lies.type ?? 'webauthn.create', options.challenge, lies)
    const id = Buffer.from(this.id, 'base64url')
    const length = Buffer.alloc(2)
    length.writeUInt16BE(id.length)
    const attested = Buffer.concat([Buffer.alloc(16), length, id, this.coseKey()])
    const authData = this.authData(options.rp.id ?? '', FLAGS.attested, lies, attested)
    const { fmt, attStmt } = lies.attestation ?? { fmt: 'none', attStmt: new Map() }
    const attestation = new Map<string, unknown>([
      ['fmt', fmt],
      ['attStmt', attStmt],
      ['authData', new Uint8Array(authData)],
    ])
    return {
      ...{ id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {} },
      response: {
        clientDataJSON: base64url(data),
        attestationObject: base64url(isoCBOR.encode(attestation as never)),
        transports: ['internal'],
      },
    }
  }

  /** Answers `navigator.credentials.get`. */
  assert(
    options: PublicKeyCredentialRequestOptionsJSON,
    lies: Lies = {},
  ): AuthenticationResponseJSON {
    const data = this.clientData(lies.type ?? 'webauthn.get', options.challenge, lies)
    const authData = this.authData(options.rpId ?? '', 0, lies, Buffer.alloc(0))
    const signature = createSign('sha256')
      .update(Buffer.concat([authData, sha256(data)]))
      .sign(lies.signer ?? this.keys.privateKey)
    return {
      ...{ id: this.id, rawId: this.id, type: 'public-key', clientExtensionResults: {} },
      response: {
        clientDataJSON: base64url(data),
        authenticatorData: base64url(authData),
        signature: base64url(signature),
        userHandle: lies.userHandle ?? this.userHandle,
      },
    }
  }

  private clientData(type: string, challenge: string, lies: Lies): Buffer {
    const origin = lies.origin ?? this.origin
    const data = { type, challenge: lies.challenge ?? challenge, origin, crossOrigin: false }
    return Buffer.from(JSON.stringify(data))
  }

  private authData(rpId: string, more: number, lies: Lies, attested: Buffer): Buffer {
    const { isVerified = true, isBackedUp = true } = lies
    const backup = isBackedUp ? FLAGS.backupEligible | FLAGS.backedUp : 0
    const flags = FLAGS.present | (isVerified ? FLAGS.verified : 0) | backup | more
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(lies.counter ?? this.counter)
    return Buffer.concat([sha256(lies.rpId ?? rpId), Buffer.from([flags]), counter, attested])
  }

  /** RFC 9052: kty EC2, alg ES256, crv P-256, x, y. */
  private coseKey(): Uint8Array {
    const { x, y } = this.keys.publicKey.export({ format: 'jwk' }) as { x: string; y: string }
    const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'))
    return isoCBOR.encode(
      new Map<number, number | Uint8Array>([
        ...([
          [1, 2],
          [3, -7],
          [-1, 1],
        ] as [number, number][]),
        ...([
          [-2, bytes(x)],
          [-3, bytes(y)],
        ] as [number, Uint8Array][]),
      ]) as never,
    )
  }
}
