import { Secret, TOTP } from 'otpauth'
import type { Credential } from './credentials.ts'
import { graphql, inWords, type UserError } from './graphql.ts'

const STEP_MS = 30_000

/** An authenticator app. */
export class AuthenticatorApp {
  private readonly totp: TOTP

  /** @param secret in base32 */
  constructor(secret: string) {
    this.totp = new TOTP({ secret: Secret.fromBase32(secret) })
  }

  /** What it shows now, or some steps of 30 s earlier or later. A server takes each code once. */
  code(stepsAway = 0): string {
    return this.totp.generate({ timestamp: Date.now() + stepsAway * STEP_MS })
  }
}

interface Begun {
  beginTotp: { secret: string | null; userErrors: UserError[] }
}
interface Confirmed {
  confirmTotp: { recoveryCodes: string[] | null; userErrors: UserError[] }
}

/** Turns the second factor of somebody on. Uses the code of the step before, so that the present one still works. */
export async function turnOnTotp(
  url: string,
  by: Credential,
  password: string,
): Promise<{ app: AuthenticatorApp; recoveryCodes: string[] }> {
  const { beginTotp } = await graphql<Begun>(
    url,
    'mutation ($input: BeginTotpInput!) { beginTotp(input: $input) { secret userErrors { path message } } }',
    { input: { password } },
    by,
  )
  if (!beginTotp.secret) throw new Error(inWords(beginTotp.userErrors))
  const app = new AuthenticatorApp(beginTotp.secret)
  const { confirmTotp } = await graphql<Confirmed>(
    url,
    'mutation ($input: ConfirmTotpInput!) { confirmTotp(input: $input) { recoveryCodes userErrors { path message } } }',
    { input: { code: app.code(-1) } },
    by,
  )
  if (!confirmTotp.recoveryCodes) throw new Error(inWords(confirmTotp.userErrors))
  return { app, recoveryCodes: confirmTotp.recoveryCodes }
}
