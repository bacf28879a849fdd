import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { isIPv4, isIPv6 } from 'node:net'

/** The least of DER (X.690) that a certificate needs. */
const der = (tag: number, ...parts: Buffer[]): Buffer => {
  const body = Buffer.concat(parts)
  const length =
    body.length < 128
      ? Buffer.from([body.length])
      : Buffer.from([0x82, body.length >> 8, body.length & 0xff])
  return Buffer.concat([Buffer.from([tag]), length, body])
}
const sequence = (...parts: Buffer[]): Buffer => der(0x30, ...parts)
const objectId = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))
const octets = (body: Buffer): Buffer => der(0x04, body)
const TRUE = Buffer.from([0x01, 0x01, 0xff])
const ECDSA_WITH_SHA256 = sequence(objectId('2a8648ce3d040302'))

const time = (at: Date): Buffer => {
  const digits = at.toISOString().replace(/[-:T]|\.\d+/g, '')
  const isUtcTime = at.getUTCFullYear() < 2050
  return der(isUtcTime ? 0x17 : 0x18, Buffer.from(isUtcTime ? digits.slice(2) : digits))
}
const commonName = (name: string): Buffer =>
  sequence(der(0x31, sequence(objectId('550403'), der(0x0c, Buffer.from(name)))))

function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return Buffer.from(address.split('.').map(Number))
  if (address !== '::1') throw new Error('Only ::1 is known here')
  return Buffer.concat([Buffer.alloc(15), Buffer.from([1])])
}

const altName = (name: string): Buffer =>
  isIPv4(name) || isIPv6(name) ? der(0x87, addressBytes(name)) : der(0x82, Buffer.from(name))

const altNames = (names: readonly string[]): Buffer =>
  sequence(objectId('551d11'), octets(sequence(...names.map(altName))))
const isAuthority = sequence(objectId('551d13'), TRUE, octets(sequence(TRUE)))

function pem(label: string, body: Buffer): string {
  const lines = body.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

interface Wanted {
  names?: readonly string[]
  commonName?: string
  validFrom?: Date
  validTo?: Date
}

/** PEM texts of a certificate and its key. */
export interface Identity {
  cert: string
  key: string
}

const DAY_MS = 86_400_000
export const days = (count: number): Date => new Date(Date.now() + count * DAY_MS)

function certificate(
  wanted: Wanted & { isAuthority: boolean },
  issuer: { name: string; key: KeyObject } | undefined,
): Identity & { keyObject: KeyObject; name: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const name = wanted.commonName ?? wanted.names?.[0] ?? 'nobody'
  const serial = randomBytes(8)
  serial[0] = (serial[0]! & 0x3f) | 0x40
  const extensions = [
    ...(wanted.isAuthority ? [isAuthority] : []),
    ...(wanted.names?.length ? [altNames(wanted.names)] : []),
  ]
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, serial),
    ECDSA_WITH_SHA256,
    commonName(issuer?.name ?? name),
    sequence(time(wanted.validFrom ?? days(-90)), time(wanted.validTo ?? days(90))),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    ...(extensions.length ? [der(0xa3, sequence(...extensions))] : []),
  )
  const signature = sign('sha256', body, issuer?.key ?? privateKey)
  const whole = sequence(body, ECDSA_WITH_SHA256, der(0x03, Buffer.from([0]), signature))
  return {
    cert: pem('CERTIFICATE', whole),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    keyObject: privateKey,
    name,
  }
}

/** A certificate authority of a test: issues certificates (X.509 v3, P-256) for names and addresses. */
export class CertificateAuthority {
  private readonly own = certificate(
    { commonName: 'Test authority', validFrom: days(-400), validTo: days(400), isAuthority: true },
    undefined,
  )

  /** PEM */
  get cert(): string {
    return this.own.cert
  }

  issue(wanted: Wanted): Identity {
    const { cert, key } = certificate(
      { ...wanted, isAuthority: false },
      { name: this.own.name, key: this.own.keyObject },
    )
    return { cert, key }
  }
}

export function selfSigned(wanted: Wanted): Identity {
  const { cert, key } = certificate({ ...wanted, isAuthority: false }, undefined)
  return { cert, key }
}
