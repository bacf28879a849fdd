import type { EntityManager } from 'typeorm'
import { recordAudit } from '../../accounts/index.ts'
import type { Database } from '../../db/index.ts'
import { appendEvents, type EventHub, type SqlRunner } from '../../events/index.ts'
import type { Actor } from '../../lib/actor.ts'
import { AppError, type FieldProblem } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { isId } from '../../lib/ids.ts'
import { requireRole } from '../../lib/permissions.ts'
import type { SecretBox } from '../../lib/secret-box.ts'
import { sealSecrets } from '../monitor-secrets.ts'
import { readPingKey, replacePingKey } from './ping-keys.ts'
import { hashPushToken, isPingId, isPingKey, isPushToken, newPingKey } from './push-token.ts'

export interface PingAddressEdit {
  id: string
  pingId?: string | null
  pushToken?: string | null
}

const SET = `
update monitor
   set secrets = secrets || $3::jsonb, ping_id_hash = coalesce($4::bytea, ping_id_hash),
       push_token_hash = coalesce($5::bytea, push_token_hash), version = version + 1, updated_at = $6
 where workspace_id = $1 and id = $2
returning name`

/** The secret addresses of push monitors: those that come along from elsewhere, and the key of a workspace. */
export class PingAddressService {
  constructor(
    private readonly options: {
      database: Pick<Database, 'write'>
      hub: Pick<EventHub, 'committed'>
      secretBox: SecretBox
      clock: Clock
    },
  ) {}

  /** The workspace's key in the open; null while it has no push monitor. */
  async pingKey(runner: SqlRunner, actor: Actor): Promise<string | null> {
    requireRole(actor, 'editor')
    return readPingKey(runner, this.options.secretBox, actor.workspaceId)
  }

  /** A new key, or this one; the one before opens nothing from now on. Throws INVALID, and CONFLICT. */
  async rotateKey(actor: Actor, given?: string | null): Promise<string> {
    requireRole(actor, 'admin')
    if (given !== undefined && given !== null && !isPingKey(given))
      throw AppError.invalid([problem('pingKey', KEY_WORDS)])
    const { database, secretBox, clock } = this.options
    const key = given ?? newPingKey()
    const { workspaceId } = actor
    await database
      .write(workspaceId, async (manager) => {
        await replacePingKey(manager, secretBox, workspaceId, key, clock.now())
        const record = { action: 'pingKey.rotate', targetType: 'workspace', targetId: workspaceId }
        await recordAudit(manager, actor, new Date(clock.now()), [{ ...record, targetName: null }])
      })
      .catch(taken('pingKey'))
    return key
  }

  /** Gives a push monitor the addresses that its job uses already. Throws NOT_FOUND, INVALID, CONFLICT. */
  async setAddress(actor: Actor, edit: PingAddressEdit): Promise<void> {
    requireRole(actor, 'editor')
    const { pingId, pushToken } = wanted(edit)
    const { database, hub } = this.options
    const commits = await database
      .write(actor.workspaceId, (manager) => this.write(manager, actor, edit.id, pingId, pushToken))
      .catch(taken(pushToken ? 'pushToken' : 'pingId'))
    hub.committed(commits)
  }

  private async write(
    manager: EntityManager,
    actor: Actor,
    id: string,
    pingId: string | null,
    pushToken: string | null,
  ) {
    const { workspaceId } = actor
    if (!(await isPushMonitor(manager, workspaceId, id)))
      throw new AppError('NOT_FOUND', 'There is no such push monitor.')
    const given = { ...(pingId && { pingId }), ...(pushToken && { pushToken }) }
    const at = new Date(this.options.clock.now())
    const [rows] = await manager.query<[{ name: string }[], number]>(SET, [
      workspaceId,
      id,
      JSON.stringify(sealSecrets(this.options.secretBox, id, given)),
      pingId && hashPushToken(pingId),
      pushToken && hashPushToken(pushToken),
      at.toISOString(),
    ])
    const target = { targetType: 'monitor', targetId: id, targetName: rows[0]?.name ?? null }
    await recordAudit(manager, actor, at, [{ action: 'monitor.address', ...target }])
    const event = { kind: 'monitor.updated' as const, at, body: { monitorId: id } }
    return appendEvents(manager, [{ workspaceId, events: [event] }])
  }
}

const KEY_WORDS = 'A ping key has 22 of A-Z, a-z, 0-9, the hyphen and the underscore.'
const TOKEN_WORDS = 'A push token has 10 to 64 of A-Z, a-z, 0-9, the hyphen and the underscore.'
const ID_WORDS = 'A ping UUID is written in lower case with four hyphens.'

function wanted(edit: PingAddressEdit): { pingId: string | null; pushToken: string | null } {
  const { pingId = null, pushToken = null } = edit
  const problems: FieldProblem[] = []
  if (pingId !== null && !isPingId(pingId)) problems.push(problem('pingId', ID_WORDS))
  if (pushToken !== null && !isPushToken(pushToken))
    problems.push(problem('pushToken', TOKEN_WORDS))
  if (pingId === null && pushToken === null)
    problems.push({ path: ['pingId'], code: 'REQUIRED', message: 'Give an address to be used.' })
  if (problems.length) throw AppError.invalid(problems)
  return { pingId, pushToken }
}

async function isPushMonitor(
  manager: EntityManager,
  workspaceId: string,
  id: string,
): Promise<boolean> {
  if (!isId(id)) return false
  const rows = await manager.query<object[]>(
    `select 1 from monitor where workspace_id = $1 and id = $2 and deleted_at is null
       and push_token_hash is not null for update`,
    [workspaceId, id],
  )
  return rows.length > 0
}

const problem = (field: string, message: string): FieldProblem => ({
  path: [field],
  code: 'INVALID',
  message,
})

const UNIQUE_VIOLATION = '23505'

function taken(field: string): (error: unknown) => never {
  return (error) => {
    const isTaken = error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION
    if (!isTaken) throw error
    const message = 'This address is in use.'
    const problems = [{ path: [field], code: 'CONFLICT' as const, message }]
    throw new AppError('CONFLICT', message, { problems })
  }
}
