import { type ActorKind, READ_ONLY_SCOPES } from './actors.ts'
import type { CanaryWorld, Place } from './canary-world.ts'

/** Somebody who asks the server. */
export interface Asker {
  kind: ActorKind
  /** What they show. */
  headers: Record<string, string>
  /** Where they act, or would like to. */
  home: Place
  /** The other one. */
  away: Place
  /** The person behind it; for tokens and visitors somebody of the workspace. */
  userId: string
}

const ROLES: Partial<Record<ActorKind, string>> = {
  ...{ viewer: 'viewer', editor: 'editor', admin: 'admin', owner: 'owner', both: 'admin' },
  ...{ foreign: 'owner', suspended: 'editor', revoked: 'admin' },
}

/** A new one of a kind: what it does to itself harms no other. */
export async function newAsker(world: CanaryWorld, kind: ActorKind): Promise<Asker> {
  const isForeign = kind === 'foreign' || kind === 'their-token'
  const [home, away] = isForeign ? [world.theirs, world.ours] : [world.ours, world.theirs]
  const base = { kind, home, away, userId: home.ownerId, headers: {} }
  if (kind === 'anonymous') return base
  if (kind === 'read-only')
    return withToken(base, await world.token(home, { role: 'viewer', scopes: READ_ONLY_SCOPES }))
  if (kind === 'their-token') return withToken(base, await world.token(home, { role: 'admin' }))
  if (kind === 'expired')
    return withToken(base, await world.token(home, { role: 'admin', isExpired: true }))
  return person(world, base)
}

const withToken = (base: Asker, { secret }: { secret: string }): Asker => ({
  ...base,
  headers: { authorization: `Bearer ${secret}` },
})

async function person(world: CanaryWorld, base: Asker): Promise<Asker> {
  const { kind, home, away } = base
  const canary = kind === 'both' ? 'Of both' : home.canary
  const userId = await world.person(`${canary} ${kind}`)
  await world.join(home, userId, ROLES[kind]!, kind === 'suspended')
  if (kind === 'both') await world.join(away, userId, 'owner')
  const { id, secret } = await world.session(userId, canary)
  await world.object('passkey', home, userId)
  if (kind === 'revoked') await world.sql('delete from session where id = $1', [id])
  const workspace: Record<string, string> = kind === 'both' ? { 'allswell-workspace': home.id } : {}
  return { ...base, userId, headers: { cookie: `allswell_session=${secret}`, ...workspace } }
}
