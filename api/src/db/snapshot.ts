import type { DataSource, EntityManager, QueryRunner } from 'typeorm'
import { AppError } from '../lib/app-error.ts'
import type { LogHead } from './read-scope.ts'
import { checkedWorkspaceId, inTurn } from './transaction.ts'
import { presentTrouble } from './trouble.ts'

interface RawClient {
  query(sql: string): Promise<{ rows: Record<string, unknown>[] }[]>
}

/** One consistent picture of a workspace: everything read through it is of one moment, and `head` is its position. */
export class Snapshot {
  private isClosed = false

  private constructor(
    private readonly runner: QueryRunner,
    readonly head: LogHead,
  ) {}

  get manager(): EntityManager {
    return this.runner.manager
  }

  /** One round trip: begins, binds the workspace, reads the head of its log. Throws NOT_FOUND for an unknown workspace. */
  static async open(dataSource: DataSource, workspaceId: string): Promise<Snapshot> {
    const begin = beginning(checkedWorkspaceId(workspaceId))
    const runner = inTurn(dataSource.createQueryRunner())
    try {
      const client = (await runner.connect()) as RawClient
      const row = (await client.query(begin))[2]?.rows[0]
      if (!row) throw new AppError('NOT_FOUND', 'There is no such workspace.')
      const head = { epoch: Number(row['epoch']), position: Number(row['position']) }
      return new Snapshot(runner, head)
    } catch (error) {
      await end(runner, 'rollback')
      throw presentTrouble(error)
    }
  }

  /** Waits for what is still being read. */
  async close(): Promise<void> {
    if (this.isClosed) return
    this.isClosed = true
    await end(this.runner, 'commit')
  }
}

const beginning = (workspaceId: string): string => `
  begin isolation level repeatable read read only;
  select set_config('allswell.workspace_id', '${workspaceId}', true);
  select epoch, position from event_head where workspace_id = '${workspaceId}'`

/** A connection goes back to the pool without a transaction; a broken one has none, and the pool throws it away. */
async function end(runner: QueryRunner, how: 'commit' | 'rollback'): Promise<void> {
  try {
    await runner.query(how)
  } catch {
    // Broken.
  } finally {
    await runner.release().catch(() => undefined)
  }
}
