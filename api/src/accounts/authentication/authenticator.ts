import type { SqlRunner } from '../../events/index.ts'
import { type Actor, anonymous, NO_WORKSPACE } from '../../lib/actor.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import { IDLE_MS } from '../sessions/session.service.ts'
import { isApiToken } from '../tokens/token-secret.ts'
import { type Credential, type CredentialKey, findCredential, type Place } from './credential.ts'
import type { Revocations } from './revocations.ts'
import { hashSecret, isSecret } from './secrets.ts'
import { UseNotes } from './use-notes.ts'

/** What a request shows to say who it is. */
export interface Presented {
  /** What stands behind `Bearer` in Authorization. */
  bearer?: string | undefined
  /** The session of the cookie. */
  cookie?: string | undefined
  /** The wanted workspace, by slug or id; absent: the one used last. */
  workspace?: string | undefined
  ipAddress?: string | undefined
}

/** Which session or token an access token was made for. Throws UNAUTHENTICATED. */
export type ReadAccessToken = (jwt: string) => Promise<{ kind: 'user' | 'token'; id: string }>

const MOST_REMEMBERED = 20_000
const REMEMBERED_MS = 60_000
const JWT = /^[\w-]+\.[\w-]+\.[\w-]+$/
const LONGEST_BEARER = 4_096

interface Remembered {
  credential: Credential
  atMs: number
}

/**
 * Turns what a request shows into its actor, the same way for every door.
 * 1. A bearer that is shown must be good: a bad one is refused, never ignored. A cookie may have ended: that is nobody.
 * 2. What was looked up is remembered until a change of rights is heard; nothing is, while changes can't be heard.
 * 3. The workspace is one of the credential's own; an unknown and a foreign one look the same.
 */
export class Authenticator {
  private readonly remembered = new Map<string, Remembered>()
  private readonly notes: UseNotes

  constructor(
    private readonly options: {
      database: { worker: SqlRunner }
      revocations: Pick<Revocations, 'isFresh' | 'generation' | 'onChange'>
      readAccessToken: ReadAccessToken
      clock: Clock
      log: Log
    },
  ) {
    this.notes = new UseNotes(options)
    options.revocations.onChange(() => this.remembered.clear())
  }

  /** Throws UNAUTHENTICATED for a bad bearer, NOT_FOUND for a workspace that is not the credential's. */
  async authenticate(presented: Presented): Promise<Actor> {
    const { bearer, cookie, workspace, ipAddress } = presented
    const key = bearer === undefined ? keyOfCookie(cookie) : await this.keyOfBearer(bearer)
    const credential = key && (await this.look(key))
    if (!credential) {
      if (bearer !== undefined) throw badBearer()
      return anonymous(ipAddress)
    }
    const place = placeOf(credential, workspace)
    this.notes.used(credential, place, presented)
    return actorOf(credential, place, ipAddress)
  }

  /** The actor as it is now, in the same workspace; null when it may not act any more. */
  async recheck(actor: Actor): Promise<Actor | null> {
    if (actor.kind === 'anonymous' || actor.kind === 'system' || !actor.credentialId) return actor
    const credential = await this.look({ kind: actor.kind, by: 'id', id: actor.credentialId })
    if (!credential) return null
    const place = credential.places.find((p) => p.workspaceId === actor.workspaceId)
    if (!place && actor.workspaceId !== NO_WORKSPACE) return null
    return actorOf(credential, place, actor.ipAddress)
  }

  private async keyOfBearer(bearer: string): Promise<CredentialKey> {
    if (bearer.length > LONGEST_BEARER) throw badBearer()
    if (isApiToken(bearer)) return { kind: 'token', by: 'secret', hash: hashSecret(bearer) }
    if (!JWT.test(bearer)) throw badBearer()
    return { by: 'id', ...(await this.options.readAccessToken(bearer)) }
  }

  private async look(key: CredentialKey): Promise<Credential | null> {
    const { revocations, clock } = this.options
    const name = `${key.kind} ${key.by === 'id' ? key.id : key.hash.toString('base64')}`
    const known = this.remembered.get(name)
    const isRecent = known && clock.monotonic() - known.atMs < REMEMBERED_MS
    if (known && isRecent && revocations.isFresh) return this.ifAlive(known.credential)
    const { generation } = revocations
    const credential = await findCredential(this.options.database.worker, key)
    if (!credential) return null
    if (generation === revocations.generation) this.remember(name, credential)
    return this.ifAlive(credential)
  }

  private remember(name: string, credential: Credential): void {
    if (this.remembered.size >= MOST_REMEMBERED) this.remembered.clear()
    this.remembered.set(name, { credential, atMs: this.options.clock.monotonic() })
  }

  private ifAlive(credential: Credential): Credential | null {
    const now = this.options.clock.now()
    if (credential.expiresAtMs !== null && credential.expiresAtMs <= now) return null
    const usedAtMs = this.notes.usedAtMs(credential)
    const isIdle = credential.kind === 'user' && (usedAtMs ?? 0) <= now - IDLE_MS
    return isIdle ? null : credential
  }
}

function keyOfCookie(cookie: string | undefined): CredentialKey | undefined {
  if (!cookie || !isSecret(cookie)) return undefined
  return { kind: 'user', by: 'secret', hash: hashSecret(cookie) }
}

function placeOf(credential: Credential, wanted: string | undefined): Place | undefined {
  const { places, lastWorkspaceId } = credential
  if (wanted === undefined)
    return places.find((p) => p.workspaceId === lastWorkspaceId) ?? places[0]
  const place = places.find((p) => p.slug === wanted || p.workspaceId === wanted)
  if (!place) throw new AppError('NOT_FOUND', 'There is no such workspace.')
  return place
}

function actorOf(
  credential: Credential,
  place: Place | undefined,
  ipAddress: string | undefined,
): Actor {
  const { kind, id, actorId, name, scopes, expiresAtMs } = credential
  return {
    ...{ kind, id: actorId, name, credentialId: id, scopes },
    workspaceId: place?.workspaceId ?? NO_WORKSPACE,
    role: place?.role ?? null,
    ...(ipAddress === undefined ? {} : { ipAddress }),
    ...(expiresAtMs === null ? {} : { expiresAtMs }),
  }
}

function badBearer(): AppError {
  return new AppError(
    'UNAUTHENTICATED',
    'The token is not good: it is unknown, revoked or expired. Sign in again or make a new one.',
  )
}
