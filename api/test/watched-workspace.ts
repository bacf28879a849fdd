import type { Database } from '../src/db/index.ts'
import {
  applySpanChanges,
  type BeatRow,
  findRollupDifferences,
  insertHeartbeats,
  type RollupDifference,
} from '../src/history/index.ts'
import { newId } from '../src/lib/ids.ts'
import { HEARTBEAT_STATUS } from '../src/lib/status.ts'
import { newWorkspace } from './database.ts'

/** A workspace with monitors whose history a test writes by hand. Times are ms since 1970. */
export class WatchedWorkspace {
  private constructor(
    readonly database: Database,
    readonly id: string,
    readonly monitorIds: readonly string[],
  ) {}

  static async make(
    database: Database,
    monitors = 1,
    intervalSeconds = 60,
  ): Promise<WatchedWorkspace> {
    const id = await newWorkspace(database)
    const monitorIds = Array.from({ length: monitors }, () => newId())
    await database.worker.query(
      `insert into monitor (workspace_id, id, name, kind, target, settings, interval_seconds,
         timeout_ms, retry_interval_seconds, fail_after, fail_for_seconds, recover_after,
         recover_for_seconds, created_at, updated_at)
       select $1, unnest($2::uuid[]), 'm', 'http', '', '{}', $3, 1, 1, 1, 0, 1, 0, now(), now()`,
      [id, monitorIds, intervalSeconds],
    )
    return new WatchedWorkspace(database, id, monitorIds)
  }

  beat(atMs: number, more: Partial<BeatRow> = {}): BeatRow {
    return {
      workspaceId: this.id,
      monitorId: this.monitorIds[0]!,
      slotUs: atMs * 1000,
      status: HEARTBEAT_STATUS.UP,
      latencyUs: 1_000,
      statusCode: null,
      timings: null,
      message: null,
      ...more,
    }
  }

  insert(...beats: BeatRow[]): Promise<void> {
    return this.database.work((runner) => insertHeartbeats(runner, beats))
  }

  /** `n` is the number of the monitor. */
  async change(at: number, status: number, backdatedTo = at, n = 0): Promise<void> {
    const monitorId = this.monitorIds[n]!
    const change = { workspaceId: this.id, monitorId, at, status, reason: null, backdatedTo }
    await this.database.work((runner) => applySpanChanges(runner, [change]))
  }

  rows(table: 'rollup_hour' | 'rollup_day'): Promise<Record<string, unknown>[]> {
    return this.database.worker.query(
      `select * from ${table} where workspace_id = $1 order by 2, 3`,
      [this.id],
    )
  }

  differences(): Promise<RollupDifference[]> {
    return this.database.work((runner) => findRollupDifferences(runner, this.id))
  }
}
