import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server'
import type { Database } from '../../db/index.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import type { OneTimeSecrets } from '../authentication/one-time-secrets.ts'
import type { RequestDoor } from '../request-door.ts'
import type { Throttle } from '../throttle/throttle.ts'
import type { People } from '../users/people.ts'
import type { User } from '../users/user.entity.ts'
import { PasskeyEntity } from './passkey.entity.ts'
import { CHALLENGE_MS } from './passkey.service.ts'
import { verifyAssertion, webAuthn } from './passkey-verification.ts'
import { relyingPartyOf } from './relying-party.ts'
import { challengeIn, readAssertion } from './webauthn-response.ts'

const PURPOSE = 'passkey-sign-in'

/**
 * Proves who somebody is by a passkey, without asking for a name. It is two factors in one, the device and what
 * unlocks it, so no code is asked for. Opens nothing.
 */
export class PasskeySignIn {
  constructor(
    private readonly options: {
      database: Database
      people: Pick<People, 'findById'>
      secrets: OneTimeSecrets
      throttle: Pick<Throttle, 'attempt'>
      clock: Clock
    },
  ) {}

  /** What the browser needs to ask for a passkey. Throws INVALID where passkeys can't be used. */
  async begin(door: RequestDoor): Promise<PublicKeyCredentialRequestOptionsJSON> {
    const { id: rpID } = relyingPartyOf(door)
    const { generateAuthenticationOptions } = await webAuthn()
    const lastsMs = CHALLENGE_MS
    const challenge = await this.options.secrets.make({ purpose: PURPOSE, lastsMs })
    return generateAuthenticationOptions({
      ...{ rpID, timeout: CHALLENGE_MS, userVerification: 'required' },
      challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
    })
  }

  /** Throws INVALID, in the same words whatever is wrong. */
  check(response: unknown, door: RequestDoor): Promise<User> {
    const { ipAddress } = door
    return this.options.throttle.attempt({ ipAddress }, async () => {
      const user = await this.personOf(response, door)
      if (!user || user.suspendedAt) throw refused()
      return user
    })
  }

  private async personOf(response: unknown, door: RequestDoor): Promise<User | null> {
    const given = readAssertion(response)
    const challenge = given && challengeIn(given.response.clientDataJSON)
    if (!given || !challenge) return null
    if (!(await this.options.secrets.take(PURPOSE, challenge))) return null
    const passkey = await this.find(given)
    if (!passkey) return null
    const { credentialId: id, publicKey, counter } = passkey
    const credential = { id, publicKey: new Uint8Array(publicKey), counter: Number(counter) }
    const proved = await verifyAssertion(given, challenge, relyingPartyOf(door), credential)
    if (!proved || !(await this.note(passkey.id, proved))) return null
    return this.options.people.findById(passkey.userId)
  }

  /** The passkey, if it is of the person that the authenticator names. */
  private async find({ id, response }: AuthenticationResponseJSON): Promise<PasskeyEntity | null> {
    const { manager } = this.options.database.worker
    const passkey = await manager.findOneBy(PasskeyEntity, { credentialId: id })
    const handle = Buffer.from(response.userHandle ?? '', 'base64url').toString('utf8')
    return passkey?.userId === handle ? passkey : null
  }

  /** False when another answer of the same key, with a later counter, was faster: one of them is a copy. */
  private async note(
    id: string,
    { counter, isSynced }: { counter: number; isSynced: boolean },
  ): Promise<boolean> {
    const [, count] = (await this.options.database.worker.query(
      `update passkey set counter = $2, is_synced = $3, last_used_at = $4
        where id = $1 and (counter < $2 or (counter = 0 and $2 = 0))`,
      [id, counter, isSynced, new Date(this.options.clock.now()).toISOString()],
    )) as [unknown, number]
    return count > 0
  }
}

function refused(): AppError {
  const message = 'This passkey is not known here, or its answer came too late. Try again.'
  return AppError.invalid([{ path: ['response'], code: 'INVALID', message }])
}
