import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server'
import type { QueryRunner } from 'typeorm'
import type { Database } from '../../db/index.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { isId, newId } from '../../lib/ids.ts'
import type { OneTimeSecrets } from '../authentication/one-time-secrets.ts'
import type { RequestDoor } from '../request-door.ts'
import { deviceOf } from '../sessions/device.ts'
import { nameProblems } from '../users/people.ts'
import type { User } from '../users/user.entity.ts'
import { PasskeyEntity } from './passkey.entity.ts'
import { type ProvedKey, verifyRegistration, webAuthn } from './passkey-verification.ts'
import { relyingPartyOf } from './relying-party.ts'
import { challengeIn, readRegistration } from './webauthn-response.ts'

/** How long a challenge holds. */
export const CHALLENGE_MS = 300_000
const PURPOSE = 'passkey-registration'
const MOST = 20

export interface NewPasskey {
  name?: string | null | undefined
  response: unknown
}

/** The passkeys of people. */
export class PasskeyService {
  constructor(
    private readonly options: { database: Database; secrets: OneTimeSecrets; clock: Clock },
  ) {}

  /** The latest last. */
  list(userId: string): Promise<PasskeyEntity[]> {
    return this.options.database.worker.manager.find(PasskeyEntity, {
      where: { userId },
      order: { createdAt: 'ASC', id: 'ASC' },
    })
  }

  /** What the browser needs to make a passkey. Throws INVALID where passkeys can't be used. */
  async begin(
    user: Pick<User, 'id' | 'name' | 'email'>,
    door: RequestDoor,
  ): Promise<PublicKeyCredentialCreationOptionsJSON> {
    const party = relyingPartyOf(door)
    const { generateRegistrationOptions } = await webAuthn()
    const known = await this.list(user.id)
    const challenge = await this.options.secrets.make({
      ...{ purpose: PURPOSE, userId: user.id, lastsMs: CHALLENGE_MS },
    })
    return generateRegistrationOptions({
      ...{ rpName: 'Allswell', rpID: party.id, timeout: CHALLENGE_MS, attestationType: 'none' },
      ...{ userName: user.email, userDisplayName: user.name },
      userID: new Uint8Array(Buffer.from(user.id)),
      challenge: new Uint8Array(Buffer.from(challenge, 'base64url')),
      excludeCredentials: known.map(({ credentialId: id }) => ({ id })),
      // The key alone signs in: it must name its person, and know that it is them.
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    })
  }

  /** Throws INVALID when the answer proves nothing, CONFLICT when the key is known, LIMIT above 20. */
  async add(
    userId: string,
    { name, response }: NewPasskey,
    door: RequestDoor,
  ): Promise<PasskeyEntity> {
    const title = name?.trim() || deviceOf(door.userAgent)
    const problems = nameProblems(title)
    if (problems.length) throw AppError.invalid(problems)
    const proved = await this.prove(userId, response, door)
    if (!proved) throw notProved()
    const given = readRegistration(response)
    const transports = given?.response.transports ?? []
    return this.options.database.work((runner) =>
      this.store(runner, userId, proved, { name: title, transports }),
    )
  }

  /** Answers false when there is none such. Throws CONFLICT when nothing else is left to sign in with. */
  async remove(userId: string, id: string): Promise<boolean> {
    if (!isId(id)) return false
    return this.options.database.work(async (runner) => {
      const isLast = await isLastWay(runner, userId)
      const [, count] = (await runner.query('delete from passkey where user_id = $1 and id = $2', [
        userId,
        id,
      ])) as [unknown, number]
      if (count && isLast) throw lastWay()
      return count > 0
    })
  }

  private async prove(
    userId: string,
    response: unknown,
    door: RequestDoor,
  ): Promise<ProvedKey | null> {
    const given = readRegistration(response)
    const challenge = given && challengeIn(given.response.clientDataJSON)
    if (!given || !challenge) return null
    const taken = await this.options.secrets.take(PURPOSE, challenge)
    if (taken?.userId !== userId) return null
    return verifyRegistration(given, challenge, relyingPartyOf(door))
  }

  private async store(
    runner: QueryRunner,
    userId: string,
    { credentialId, publicKey, counter, isSynced }: ProvedKey,
    { name, transports }: { name: string; transports: string[] },
  ): Promise<PasskeyEntity> {
    await runner.query('select from app_user where id = $1 for update', [userId])
    if ((await runner.manager.countBy(PasskeyEntity, { userId })) >= MOST) throw tooMany()
    const nowMs = this.options.clock.now()
    const passkey = runner.manager.create(PasskeyEntity, {
      ...{ id: newId(nowMs), userId, credentialId, publicKey: Buffer.from(publicKey) },
      ...{ counter: String(counter), transports, name, isSynced },
      ...{ createdAt: new Date(nowMs), lastUsedAt: null },
    })
    const insert = runner.manager.createQueryBuilder().insert().into(PasskeyEntity).values(passkey)
    const { raw } = await insert.orIgnore().returning('id').execute()
    if (!(raw as unknown[]).length) throw knownAlready()
    return passkey
  }
}

/** Whether a person could not come back without the one passkey they have. Locks the person: one removal at a time. */
async function isLastWay(runner: QueryRunner, userId: string): Promise<boolean> {
  // A query of its own: what is counted below must be what the removal before this one has left.
  await runner.query('select from app_user where id = $1 for update', [userId])
  const rows = (await runner.query(
    `select password_hash is null
            and (select count(*) from passkey where user_id = $1) <= 1
            and not exists (select from identity where user_id = $1) as "isLast"
       from app_user where id = $1`,
    [userId],
  )) as { isLast: boolean }[]
  return rows[0]?.isLast ?? false
}

function notProved(): AppError {
  const message =
    'This passkey could not be added: its answer is wrong or came too late. Try again.'
  return AppError.invalid([{ path: ['response'], code: 'INVALID', message }])
}

function knownAlready(): AppError {
  const message = 'This passkey is known here already.'
  return AppError.invalid([{ path: ['response'], code: 'CONFLICT', message }])
}

function tooMany(): AppError {
  const message = `A person has at most ${MOST} passkeys. Remove one first.`
  return AppError.invalid([{ path: [], code: 'LIMIT', message }])
}

function lastWay(): AppError {
  const message = 'This is the last way to sign in. Set a password or add another passkey first.'
  return AppError.invalid([{ path: ['id'], code: 'CONFLICT', message }])
}
