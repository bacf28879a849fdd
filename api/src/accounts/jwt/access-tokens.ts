import type { JWTPayload } from 'jose'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { newId } from '../../lib/ids.ts'
import { ALGORITHM, jose, type SigningKeys } from './signing-keys.ts'

export const ACCESS_SECONDS = 300
const AUDIENCE = 'allswell'
/** Without a PUBLIC_URL the names of a server change with whoever asks; its keys are its own all the same. */
const ISSUER = 'allswell'
const TYPE = 'at+jwt'
/** Clocks of our own processes may differ by so much. */
const TOLERANCE_SECONDS = 5
const LONGEST = 4_096
const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/

/** What an access token was made for: a session of a person, or an API token. */
export interface Grounds {
  kind: 'user' | 'token'
  /** Of the session or the API token. */
  id: string
  /** Who acts: the person, or the API token itself. */
  userId: string
}

/** Access tokens after RFC 9068: signed, for five minutes, and worth nothing once what they stand on has ended. */
export class AccessTokens {
  constructor(
    private readonly options: { keys: SigningKeys; clock: Clock; issuer: string | undefined },
  ) {}

  async issue({ kind, id, userId }: Grounds): Promise<string> {
    const { keys, clock } = this.options
    const { kid, key } = await keys.signer()
    const seconds = Math.floor(clock.now() / 1000)
    const { SignJWT } = await jose()
    return new SignJWT(kind === 'user' ? { sid: id } : { tid: id })
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid })
      .setIssuer(this.issuer)
      .setAudience(AUDIENCE)
      .setSubject(userId)
      .setJti(newId())
      .setIssuedAt(seconds)
      .setExpirationTime(seconds + ACCESS_SECONDS)
      .sign(key)
  }

  /** Throws UNAUTHENTICATED, whatever is wrong. Whether the session or token still lives is the caller’s to ask. */
  async verify(jwt: string): Promise<Grounds> {
    if (jwt.length > LONGEST) throw notGood()
    const { keys, clock } = this.options
    const { jwtVerify } = await jose()
    const verified = await jwtVerify(
      jwt,
      async ({ kid }) => {
        const key = typeof kid === 'string' && UUID.test(kid) && (await keys.publicKey(kid))
        if (!key) throw notGood()
        return key
      },
      {
        algorithms: [ALGORITHM],
        issuer: this.issuer,
        audience: AUDIENCE,
        typ: TYPE,
        clockTolerance: TOLERANCE_SECONDS,
        currentDate: new Date(clock.now()),
        requiredClaims: ['sub', 'iat', 'exp'],
      },
    ).catch((error: unknown) => {
      throw isOfTheToken(error) ? notGood() : error
    })
    return groundsOf(verified.payload)
  }

  private get issuer(): string {
    return this.options.issuer ?? ISSUER
  }
}

function groundsOf({ sid, tid, sub }: JWTPayload): Grounds {
  const id = sid ?? tid
  const isOne = (sid === undefined) !== (tid === undefined)
  if (!isOne || typeof id !== 'string' || !UUID.test(id) || !sub || !UUID.test(sub)) throw notGood()
  return { kind: sid === undefined ? 'token' : 'user', id, userId: sub }
}

/** A token is to blame unless the database is. */
const isOfTheToken = (error: unknown): boolean =>
  error instanceof Error &&
  ('code' in error ? /^ERR_J|^UNAUTH/.test(String(error.code)) : error instanceof TypeError)

function notGood(): AppError {
  return new AppError('UNAUTHENTICATED', 'The access token is not good, or not any more.')
}
