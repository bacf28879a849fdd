import type { EntityManager } from 'typeorm'
import { kindOf } from '../../checks/index.ts'
import { recordAudit } from '../../accounts/index.ts'
import type { Database } from '../../db/index.ts'
import {
  type CommittedEvents,
  type EventHub,
  type NewEvent,
  appendEvents,
} from '../../events/index.ts'
import { applySpanChanges } from '../../history/index.ts'
import type { Actor } from '../../lib/actor.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { isId, newId } from '../../lib/ids.ts'
import { requireRole } from '../../lib/permissions.ts'
import type { SecretBox } from '../../lib/secret-box.ts'
import { MONITOR_STATUS } from '../../lib/status.ts'
import { Monitor } from '../monitor.entity.ts'
import { MonitorState } from '../monitor-state.entity.ts'
import { type MonitorDraft, type MonitorFields, draftMonitor } from './monitor.rules.ts'
import { openSecrets, sealSecrets } from '../monitor-secrets.ts'
import { ensurePingKey } from '../push/ping-keys.ts'
import { hashPushToken, newPingId, newPushToken, pingUrlOf, pushUrlOf } from '../push/push-token.ts'
import { lockRows } from '../recording/state-rows.ts'
import { initialState, shownStatus, step } from '../state/machine.ts'
import { claimKey, conflict } from './idempotency.ts'
import { createdRecord, updatedRecords } from './monitor-audit.ts'

export interface NewMonitor extends MonitorFields {
  isPaused?: boolean | null
  idempotencyKey?: string | null
}

export interface MonitorEdit extends MonitorFields {
  id: string
  expectedVersion?: number | null
}

/** The names under which a push monitor's addresses lie among its secrets. */
export const PUSH_TOKEN = 'pushToken'
export const PING_ID = 'pingId'

const LONGEST_KEY = 200

interface Written {
  id: string
  commits: CommittedEvents[]
}

/** Creates and edits monitors. The change and its events are one transaction. */
export class MonitorService {
  constructor(
    private readonly options: {
      database: Database
      hub: EventHub
      secretBox: SecretBox
      clock: Clock
    },
  ) {}

  /**
   * Answers the id. The same key with the same input answers the monitor made before; with another input it
   * throws CONFLICT. Throws INVALID with all problems of the input.
   */
  async create(actor: Actor, input: NewMonitor): Promise<string> {
    requireRole(actor, 'editor')
    const { idempotencyKey: key, isPaused, ...fields } = input
    if (key !== undefined && key !== null && (!key || key.length > LONGEST_KEY || /\0/.test(key)))
      throw AppError.invalid([badKey()])
    const draft = draftMonitor(fields)
    return this.write(actor, async (manager) => {
      const nowMs = this.options.clock.now()
      const id = newId(nowMs)
      const given = { ...draft, isPaused: isPaused ?? false }
      if (key) {
        const call = { operation: 'createMonitor', key, input: given, objectId: id, nowMs }
        const earlier = await claimKey(manager, { workspaceId: actor.workspaceId, ...call })
        if (earlier) return this.replay(manager, actor, earlier)
      }
      await recordAudit(manager, actor, new Date(nowMs), [createdRecord(id, given)])
      return { id, commits: await this.insert(manager, actor.workspaceId, id, given, nowMs) }
    })
  }

  /**
   * Changes what is given. Throws NOT_FOUND for an unknown id; CONFLICT when `expectedVersion` is not the
   * present one; INVALID with all problems of the input.
   */
  async update(actor: Actor, { id, expectedVersion, ...fields }: MonitorEdit): Promise<string> {
    requireRole(actor, 'editor')
    const { workspaceId } = actor
    return this.write(actor, async (manager) => {
      const rows = isId(id) ? await lockRows(manager, [{ workspaceId, monitorId: id }]) : []
      // Read after the lock: what somebody else has just committed counts.
      const before = rows.length ? await manager.findOneBy(Monitor, { workspaceId, id }) : null
      if (!before || before.deletedAt) throw new AppError('NOT_FOUND', 'There is no such monitor.')
      if (typeof expectedVersion === 'number' && expectedVersion !== before.version)
        throw outdated(before.version)
      const old = this.draftOf(before)
      const draft = draftMonitor(fields, old)
      const at = new Date(this.options.clock.now())
      await recordAudit(manager, actor, at, updatedRecords(id, old, draft))
      return { id, commits: await this.replace(manager, before, draft) }
    })
  }

  /** A stored monitor with its secrets in the open. */
  draftOf(monitor: Monitor): MonitorDraft {
    const { [PUSH_TOKEN]: _, [PING_ID]: __, ...sealed } = monitor.secrets
    return { ...monitor, secrets: openSecrets(this.options.secretBox, monitor.id, sealed) }
  }

  /** The path at which a push monitor waits; null for other kinds. */
  pushUrlOf(monitor: Monitor): string | null {
    const token = this.addressOf(monitor, PUSH_TOKEN)
    return token && pushUrlOf(token)
  }

  /** The same in the format of Healthchecks. */
  pingUrlOf(monitor: Monitor): string | null {
    const pingId = this.addressOf(monitor, PING_ID)
    return pingId && pingUrlOf(pingId)
  }

  private addressOf(monitor: Monitor, name: typeof PUSH_TOKEN | typeof PING_ID): string | null {
    const { [name]: sealed } = monitor.secrets
    if (!sealed) return null
    return openSecrets(this.options.secretBox, monitor.id, { [name]: sealed })[name]!
  }

  /**
   * Makes a monitor unless `find` answers the id of one; callers with the same lock wait for each other. Null: `find`
   * wants none.
   */
  async provide(
    actor: Actor,
    lock: string,
    fields: MonitorFields,
    find: (manager: EntityManager) => Promise<string | 'make' | null>,
  ): Promise<string | null> {
    requireRole(actor, 'editor')
    const draft = { ...draftMonitor(fields), isPaused: false }
    const id = await this.write(actor, async (manager) => {
      await manager.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [lock])
      const found = await find(manager)
      if (found !== 'make') return { id: found ?? '', commits: [] }
      const nowMs = this.options.clock.now()
      const made = newId(nowMs)
      await recordAudit(manager, actor, new Date(nowMs), [createdRecord(made, draft)])
      const commits = await this.insert(manager, actor.workspaceId, made, draft, nowMs)
      return { id: made, commits }
    })
    return id || null
  }

  private async write(
    actor: Actor,
    run: (manager: EntityManager) => Promise<Written>,
  ): Promise<string> {
    const { id, commits } = await this.options.database.write(actor.workspaceId, run)
    this.options.hub.committed(commits)
    return id
  }

  private async replay(manager: EntityManager, actor: Actor, id: string): Promise<Written> {
    const { workspaceId } = actor
    const made = await manager.findOneBy(Monitor, { workspaceId, id })
    if (made && !made.deletedAt) return { id, commits: [] }
    throw conflict('The monitor that was made with this idempotency key is deleted.')
  }

  private async insert(
    manager: EntityManager,
    workspaceId: string,
    id: string,
    draft: MonitorDraft & { isPaused: boolean },
    nowMs: number,
  ): Promise<CommittedEvents[]> {
    const { secretBox } = this.options
    const isPassive = kindOf(draft.kind)?.isPassive ?? false
    const [token, pingId] = [newPushToken(), newPingId()]
    const now = new Date(nowMs)
    const addresses: Record<string, string> = isPassive
      ? { [PUSH_TOKEN]: token, [PING_ID]: pingId }
      : {}
    if (isPassive) await ensurePingKey(manager, secretBox, workspaceId, nowMs)
    await manager.insert(Monitor, {
      ...draft,
      workspaceId,
      id,
      secrets: sealSecrets(secretBox, id, { ...draft.secrets, ...addresses }),
      pushTokenHash: isPassive ? hashPushToken(token) : null,
      pingIdHash: isPassive ? hashPushToken(pingId) : null,
      pingSlug: slugIn(draft),
      version: 1,
      createdAt: now,
      updatedAt: now,
      deletedAt: null,
    } as object)
    await this.insertState(manager, workspaceId, id, draft.isPaused, nowMs)
    const created: NewEvent = { kind: 'monitor.created', at: now, body: { monitorId: id } }
    return appendEvents(manager, [{ workspaceId, events: [created] }])
  }

  private async insertState(
    manager: EntityManager,
    workspaceId: string,
    monitorId: string,
    isPaused: boolean,
    nowMs: number,
  ): Promise<void> {
    const rules = { intervalMs: 1, failAfter: 1, failForMs: 0, recoverAfter: 1, recoverForMs: 0 }
    const paused = step(initialState(), { kind: 'paused', atUs: nowMs * 1000 }, rules).state
    const machine = isPaused ? paused : initialState()
    const status = MONITOR_STATUS[shownStatus(machine)]
    const statusSince = new Date(nowMs)
    await manager.insert(MonitorState, {
      ...{ workspaceId, monitorId, status, statusSince },
      machine,
    } as object)
    await applySpanChanges(manager, [{ workspaceId, monitorId, at: nowMs, status, reason: null }])
  }

  private async replace(
    manager: EntityManager,
    before: Monitor,
    draft: MonitorDraft,
  ): Promise<CommittedEvents[]> {
    const { workspaceId, id } = before
    const updatedAt = new Date(this.options.clock.now())
    const { [PUSH_TOKEN]: token, [PING_ID]: pingId } = before.secrets
    const sealed = sealSecrets(this.options.secretBox, id, draft.secrets)
    const changes: object = {
      ...draft,
      secrets: {
        ...sealed,
        ...(token && { [PUSH_TOKEN]: token }),
        ...(pingId && { [PING_ID]: pingId }),
      },
      pingSlug: slugIn(draft),
      version: before.version + 1,
      updatedAt,
    }
    await manager.update(Monitor, { workspaceId, id }, changes)
    const updated: NewEvent = { kind: 'monitor.updated', at: updatedAt, body: { monitorId: id } }
    return appendEvents(manager, [{ workspaceId, events: [updated] }])
  }
}

function slugIn({ kind, settings }: MonitorDraft): string | null {
  return kindOf(kind)?.isPassive && typeof settings['slug'] === 'string' ? settings['slug'] : null
}

function badKey(): { path: string[]; code: 'INVALID'; message: string } {
  const message = `An idempotency key has from 1 to ${LONGEST_KEY} characters.`
  return { path: ['idempotencyKey'], code: 'INVALID', message }
}

function outdated(version: number): AppError {
  const message = `Somebody else has changed it meanwhile: its version is ${version} now.`
  return new AppError('CONFLICT', message, {
    problems: [{ path: ['expectedVersion'], code: 'CONFLICT', message }],
  })
}
