import { Secret, TOTP } from 'otpauth'

const ISSUER = 'Allswell'
const PERIOD_MS = 30_000
const SECRET_BYTES = 20
/** Clocks of phones go wrong: the code before and the code after serve too. */
const WINDOW = 1
const FORM = /^\d{6}$/

export interface NewTotp {
  /** In base32. */
  secret: string
  /** For the QR code. */
  uri: string
}

/** A secret for an authenticator app. */
export function newTotp(email: string): NewTotp {
  const totp = new TOTP({
    issuer: ISSUER,
    label: email,
    secret: new Secret({ size: SECRET_BYTES }),
  })
  return { secret: totp.secret.base32, uri: totp.toString() }
}

/** Whether a bare code can be one of an app at all. */
export function isTotpCode(bare: string): boolean {
  return FORM.test(bare)
}

/** The step of 30 s that a code belongs to; null when it is wrong at this time. */
export function stepOf(secret: string, code: string, nowMs: number): number | null {
  if (!isTotpCode(code)) return null
  const delta = TOTP.validate({
    ...{ token: code, secret: Secret.fromBase32(secret) },
    ...{ timestamp: nowMs, window: WINDOW },
  })
  return delta === null ? null : Math.floor(nowMs / PERIOD_MS) + delta
}
