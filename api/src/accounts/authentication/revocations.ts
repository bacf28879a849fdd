import { randomUUID } from 'node:crypto'
import type { SqlRunner } from '../../events/index.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'

const CHANNEL = 'allswell_auth'
const POLL_MS = 250
/** Without a look at the changes for so long nothing that is remembered may be trusted. */
const FRESH_MS = 1_000
/** How far back a look reaches: a transaction that took long still shows up. */
const WINDOW = '60 seconds'
const KEPT_MS = 120_000
/** Changes that every process has long heard of are cleared away so often. */
const CLEAN_MS = 600_000
const CLEAN = `delete from auth_change where at < clock_timestamp() - interval '1 hour'`

/** Whose rights have changed: a person everywhere or in one workspace, or one session or token. */
export interface AuthChange {
  userId?: string | null
  credentialId?: string | null
  workspaceId?: string | null
}

interface ChangeRow extends AuthChange {
  id: string
}

export interface RevocationsDatabase {
  readonly worker: SqlRunner
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>
  notify(channel: string, payload: string): Promise<void>
}

/** Announces changes of rights, in the transaction that makes them; call `Revocations.committed` after it. */
export async function announceChanges(
  runner: SqlRunner,
  changes: readonly AuthChange[],
): Promise<void> {
  if (!changes.length) return
  await runner.query(
    `insert into auth_change (workspace_id, user_id, credential_id)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[])`,
    [
      changes.map((c) => c.workspaceId ?? null),
      changes.map((c) => c.userId ?? null),
      changes.map((c) => c.credentialId ?? null),
    ],
  )
}

/**
 * Tells this process of every change of rights, of whatever process:
 * 1. changes made here are told at once (`committed`), and other processes are woken by NOTIFY;
 * 2. because a NOTIFY can be lost, the table is looked at every 250 ms;
 * 3. when no look has succeeded for a second `isFresh` is false: nothing that is remembered may be trusted.
 */
export class Revocations {
  private readonly listeners = new Set<(change: AuthChange) => void>()
  private seen = new Map<string, number>()
  private lookedAt = -Infinity
  private cleanedAt = -Infinity
  private looking: Promise<void> | undefined
  private isLookWanted = false
  private isStopped = false
  private isTroubled = false
  private cancel: (() => void) | undefined
  private unlisten: (() => Promise<void>) | undefined
  /** Grows with every change: whoever looks something up compares it before remembering the answer. */
  generation = 0

  constructor(
    private readonly options: { database: RevocationsDatabase; clock: Clock; log: Log },
  ) {}

  async start(): Promise<void> {
    await this.look()
    this.unlisten = await this.options.database.listen(CHANNEL, () => void this.lookAgain())
    this.pollLater()
  }

  async stop(): Promise<void> {
    this.isStopped = true
    this.cancel?.()
    await this.unlisten?.()
  }

  /** False when changes of the last second may not be known here. */
  get isFresh(): boolean {
    return this.options.clock.monotonic() - this.lookedAt < FRESH_MS
  }

  /** Calls `heard` on every change, until the answer is called. */
  onChange(heard: (change: AuthChange) => void): () => void {
    this.listeners.add(heard)
    return () => void this.listeners.delete(heard)
  }

  /** To be called after the commit with what was announced in it. */
  committed(changes: readonly AuthChange[]): void {
    for (const change of changes) this.tell(change)
    if (!changes.length) return
    this.options.database.notify(CHANNEL, randomUUID()).catch((error: unknown) => {
      this.options.log.warn({ err: error }, 'Other processes were not told of a change of rights')
    })
  }

  /** Looks now; ends when what was committed before the call has been told. */
  async look(): Promise<void> {
    const { database, clock } = this.options
    const beganAt = clock.monotonic()
    const rows = (await database.worker.query(
      `select id, workspace_id as "workspaceId", user_id as "userId", credential_id as "credentialId"
         from auth_change where at > clock_timestamp() - interval '${WINDOW}' order by id`,
    )) as ChangeRow[]
    const isFirst = this.lookedAt === -Infinity
    for (const row of rows) {
      if (this.seen.has(row.id)) continue
      this.seen.set(row.id, beganAt)
      if (!isFirst) this.tell(row)
    }
    this.lookedAt = beganAt
    this.forget(beganAt)
    await this.cleanUp(beganAt)
  }

  private async cleanUp(now: number): Promise<void> {
    if (now - this.cleanedAt < CLEAN_MS) return
    this.cleanedAt = now
    await this.options.database.worker.query(CLEAN)
  }

  private tell(change: AuthChange): void {
    this.generation++
    for (const heard of this.listeners) heard(change)
  }

  private forget(now: number): void {
    for (const [id, at] of this.seen) if (now - at > KEPT_MS) this.seen.delete(id)
  }

  /** One look at a time; who asks meanwhile gets one more. */
  private async lookAgain(): Promise<void> {
    this.isLookWanted = true
    if (this.looking || this.isStopped) return this.looking
    this.looking = this.lookWhileWanted().finally(() => (this.looking = undefined))
    return this.looking
  }

  private async lookWhileWanted(): Promise<void> {
    while (this.isLookWanted && !this.isStopped) {
      this.isLookWanted = false
      try {
        await this.look()
        this.isTroubled = false
      } catch (error) {
        if (!this.isTroubled && !this.isStopped)
          this.options.log.warn({ err: error }, 'Changes of rights can not be read')
        this.isTroubled = true
      }
    }
  }

  private pollLater(): void {
    this.cancel = this.options.clock.after(POLL_MS, () => {
      void this.lookAgain()
      if (!this.isStopped) this.pollLater()
    })
  }
}
