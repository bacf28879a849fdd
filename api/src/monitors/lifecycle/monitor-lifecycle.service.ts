import type { EntityManager } from 'typeorm'
import { type AuditRecord, recordAudit } from '../../accounts/index.ts'
import type { Database } from '../../db/index.ts'
import {
  type CommittedEvents,
  type EventHub,
  type NewEvent,
  type SqlRunner,
  appendEvents,
} from '../../events/index.ts'
import { applySpanChanges } from '../../history/index.ts'
import type { Actor } from '../../lib/actor.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { isId } from '../../lib/ids.ts'
import { requireRole } from '../../lib/permissions.ts'
import { OWNER_OF_DELETED } from '../ownership/watch-list.ts'
import { spanChangeOf, statusChangeOf } from '../recording/shown-change.ts'
import { lockRows } from '../recording/state-rows.ts'
import type { Effect, MachineState } from '../state/machine.ts'
import { type Command, type Standing, decide } from './commands.ts'
import { updateShown } from './shown-rows.ts'

const MOST_AT_ONCE = 500

interface Changed {
  monitorId: string
  standing: Standing
  machine: MachineState
  effect: Extract<Effect, { kind: 'shown' }> | undefined
}

interface Outcome {
  found: Set<string>
  commits: CommittedEvents[]
}

/** Switches monitors off and on, deletes and restores them: any number in a handful of statements. */
export class MonitorLifecycle {
  constructor(private readonly options: { database: Database; hub: EventHub; clock: Clock }) {}

  /**
   * Answers which of these monitors exist; the others are unknown, deleted or another workspace's. What is so
   * already stays as it is. Throws LIMIT for more than 500 ids.
   */
  async apply(actor: Actor, command: Command, ids: readonly string[]): Promise<Set<string>> {
    requireRole(actor, 'editor')
    if (ids.length > MOST_AT_ONCE) throw tooMany()
    const known = [...new Set(ids)].filter(isId)
    if (!known.length) return new Set()
    const { workspaceId } = actor
    const { found, commits } = await this.options.database.write(workspaceId, (manager) =>
      this.change(manager, actor, command, known),
    )
    this.options.hub.committed(commits)
    return found
  }

  private async change(
    manager: EntityManager,
    actor: Actor,
    command: Command,
    ids: readonly string[],
  ): Promise<Outcome> {
    const { workspaceId } = actor
    const nowMs = this.options.clock.now()
    const rows = await lockRows(
      manager,
      ids.map((monitorId) => ({ workspaceId, monitorId })),
    )
    // Read after the lock: what somebody else has just committed counts.
    const standings = await readStandings(manager, workspaceId, ids)
    const found = new Set<string>()
    const changed: Changed[] = []
    for (const { monitorId, machine } of rows) {
      const decision = decide(command, standings.get(monitorId)!, machine, nowMs)
      if (!decision) continue
      found.add(monitorId)
      if (!decision.isChanged) continue
      const { standing, step } = decision
      const effect = step.effects.find((e) => e.kind === 'shown')
      changed.push({ monitorId, standing, machine: step.state, effect })
    }
    const commits = await this.store(manager, actor, command, changed, nowMs)
    return { found, commits }
  }

  private async recordCommand(
    manager: EntityManager,
    actor: Actor,
    command: Command,
    changed: readonly Changed[],
    nowMs: number,
  ): Promise<void> {
    const rows = (await manager.query(
      'select id, name from monitor where workspace_id = $1 and id = any($2::uuid[])',
      [actor.workspaceId, changed.map(({ monitorId }) => monitorId)],
    )) as { id: string; name: string }[]
    const names = new Map(rows.map(({ id, name }) => [id, name]))
    await recordAudit(manager, actor, new Date(nowMs), recordsOf(command, changed, names))
  }

  private async store(
    manager: EntityManager,
    actor: Actor,
    command: Command,
    changed: readonly Changed[],
    nowMs: number,
  ): Promise<CommittedEvents[]> {
    const { workspaceId } = actor
    if (!changed.length) return []
    await this.recordCommand(manager, actor, command, changed, nowMs)
    const shown = changed.flatMap((c) => (c.effect ? [{ ...c, effect: c.effect }] : []))
    await writeStandings(manager, workspaceId, changed, nowMs)
    await updateShown(manager, workspaceId, shown)
    if (command === 'delete' || command === 'restore')
      await setOwner(manager, workspaceId, changed, command === 'delete' ? OWNER_OF_DELETED : null)
    await applySpanChanges(
      manager,
      shown.map((c) => spanChangeOf(workspaceId, c.monitorId, c.effect)),
    )
    const events = changed.flatMap((c) => eventsOf(command, c, nowMs))
    return appendEvents(manager, [{ workspaceId, events }])
  }
}

function recordsOf(
  command: Command,
  changed: readonly Changed[],
  names: ReadonlyMap<string, string>,
): AuditRecord[] {
  return changed.map(({ monitorId }) => ({
    ...{ action: `monitor.${command}`, targetType: 'monitor', targetId: monitorId },
    targetName: names.get(monitorId) ?? null,
  }))
}

function tooMany(): AppError {
  const message = `At most ${MOST_AT_ONCE} monitors at once.`
  return new AppError('LIMIT', message, { problems: [{ path: ['ids'], code: 'LIMIT', message }] })
}

async function readStandings(
  runner: SqlRunner,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, Standing>> {
  const rows = (await runner.query(
    `select id, is_paused as "isPaused", deleted_at as "deletedAt" from monitor
      where workspace_id = $1 and id = any($2::uuid[])`,
    [workspaceId, ids],
  )) as { id: string; isPaused: boolean; deletedAt: Date | null }[]
  return new Map(
    rows.map(({ id, isPaused, deletedAt }) => [
      id,
      { isPaused, deletedAtMs: deletedAt && deletedAt.getTime() },
    ]),
  )
}

async function writeStandings(
  runner: SqlRunner,
  workspaceId: string,
  changed: readonly Changed[],
  nowMs: number,
): Promise<void> {
  await runner.query(
    `update monitor m
        set is_paused = u.is_paused, deleted_at = u.deleted_at,
            version = m.version + 1, updated_at = $2
       from unnest($3::uuid[], $4::boolean[], $5::timestamptz[]) as u (id, is_paused, deleted_at)
      where m.workspace_id = $1 and m.id = u.id`,
    [
      workspaceId,
      new Date(nowMs).toISOString(),
      changed.map((c) => c.monitorId),
      changed.map((c) => c.standing.isPaused),
      changed.map(({ standing: { deletedAtMs } }) =>
        deletedAtMs === null ? null : new Date(deletedAtMs).toISOString(),
      ),
    ],
  )
}

async function setOwner(
  runner: SqlRunner,
  workspaceId: string,
  changed: readonly Changed[],
  owner: number | null,
): Promise<void> {
  await runner.query(
    `update monitor_state set owner_epoch = $3
      where workspace_id = $1 and monitor_id = any($2::uuid[])`,
    [workspaceId, changed.map((c) => c.monitorId), owner],
  )
}

function eventsOf(command: Command, { monitorId, effect }: Changed, nowMs: number): NewEvent[] {
  const at = new Date(nowMs)
  if (command === 'delete') return [{ kind: 'monitor.deleted', at, body: { monitorId } }]
  const updated: NewEvent = { kind: 'monitor.updated', at, body: { monitorId } }
  if (!effect) return [updated]
  const body = statusChangeOf(monitorId, effect)
  return [updated, { kind: 'monitor.statusChanged', at, body }]
}
