import type { Database } from '../../db/index.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import { RESTORABLE_FOR_MS } from './commands.ts'

const HOUR_MS = 3_600_000
const KEYS_LIVE_MS = 48 * HOUR_MS

/** What history keeps for ever ends with its monitor; beats and evidence end with their partitions. */
const PURGE = `
with gone as (
  delete from monitor where deleted_at <= $1 returning workspace_id, id
), spans as (
  delete from state_span s using gone g where s.workspace_id = g.workspace_id and s.monitor_id = g.id
), hours as (
  delete from rollup_hour r using gone g where r.workspace_id = g.workspace_id and r.monitor_id = g.id
), days as (
  delete from rollup_day r using gone g where r.workspace_id = g.workspace_id and r.monitor_id = g.id
), dirty as (
  delete from rollup_dirty r using gone g where r.workspace_id = g.workspace_id and r.monitor_id = g.id
)
select count(*)::integer as count from gone`

/** Removes for good, once an hour, monitors that can't be restored any more, and old idempotency keys. */
export class MonitorPurge {
  private cancel: (() => void) | undefined
  private running: Promise<void> | undefined

  constructor(private readonly options: { database: Database; clock: Clock; log: Log }) {}

  start(): void {
    this.cancel = this.options.clock.after(HOUR_MS, () => {
      this.running = this.runOnce(this.options.clock.now())
        .then((count) => this.options.log.debug({ count }, 'Deleted monitors were purged'))
        .catch((error: unknown) => this.options.log.warn({ err: error }, 'The purge failed'))
      this.start()
    })
  }

  async stop(): Promise<void> {
    this.cancel?.()
    await this.running
  }

  /** Answers how many monitors were removed. `now`: ms since 1970. */
  runOnce(now: number): Promise<number> {
    return this.options.database.work(async (runner) => {
      const [row] = (await runner.query(PURGE, [isoOf(now - RESTORABLE_FOR_MS)])) as {
        count: number
      }[]
      await runner.query('delete from idempotency_key where created_at <= $1', [
        isoOf(now - KEYS_LIVE_MS),
      ])
      return row!.count
    })
  }
}

const isoOf = (ms: number): string => new Date(ms).toISOString()
