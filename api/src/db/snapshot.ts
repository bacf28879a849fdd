import type { DataSource, EntityManager, QueryRunner } from 'typeorm'
import { AppError } from '../lib/app-error.ts'
import { isId } from '../lib/ids.ts'
import type { LogHead } from './read-scope.ts'

interface RawClient {
  query(sql: string): Promise<{ rows: Record<string, unknown>[] }[]>
}

/** One consistent picture of a workspace: everything read through it is of one moment, and `head` is its position. */
export class Snapshot {
  private isClosed = false

  private constructor(
    private readonly runner: QueryRunner,
    private readonly client: { query(sql: string): Promise<unknown> },
    readonly head: LogHead,
  ) {}

  get manager(): EntityManager {
    return this.runner.manager
  }

  /** One round trip: begins, binds the workspace, reads the head of its log. Throws NOT_FOUND for an unknown workspace. */
  static async open(dataSource: DataSource, workspaceId: string): Promise<Snapshot> {
    if (!isId(workspaceId)) throw new Error('A workspace id must be a UUID')
    const runner = dataSource.createQueryRunner()
    try {
      const client = (await runner.connect()) as RawClient
      const results = await client.query(
        `begin isolation level repeatable read read only;
         select set_config('allswell.workspace_id', '${workspaceId}', true);
         select epoch, position from event_head where workspace_id = '${workspaceId}'`,
      )
      const row = results[2]?.rows[0]
      if (!row) throw new AppError('NOT_FOUND', 'There is no such workspace.')
      const head = { epoch: Number(row['epoch']), position: Number(row['position']) }
      return new Snapshot(runner, client, head)
    } catch (error) {
      await endQuietly(runner)
      throw error
    }
  }

  async close(): Promise<void> {
    if (this.isClosed) return
    this.isClosed = true
    await endQuietly(this.runner, this.client)
  }
}

/** A connection goes back to the pool without a transaction, or not at all. */
async function endQuietly(
  runner: QueryRunner,
  client?: { query(sql: string): Promise<unknown> },
): Promise<void> {
  try {
    if (client) await client.query('commit')
    else await runner.query('rollback')
  } catch {
    // A broken connection holds no transaction; the pool throws it away.
  } finally {
    await runner.release().catch(() => undefined)
  }
}
