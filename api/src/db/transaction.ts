import type { DataSource, QueryRunner } from 'typeorm'
import { isId } from '../lib/ids.ts'
import { presentTrouble } from './trouble.ts'

/** A workspace id that may stand in SQL as text. */
export function checkedWorkspaceId(workspaceId: string): string {
  if (!isId(workspaceId)) throw new Error('A workspace id must be a UUID')
  return workspaceId
}

/**
 * A connection answers one query after the other, and `pg` wants its callers to know that: queries that are asked
 * at once wait here for their turn.
 */
export function inTurn(runner: QueryRunner): QueryRunner {
  const ask = runner.query.bind(runner) as (...asked: unknown[]) => Promise<unknown>
  let last: Promise<unknown> = Promise.resolve()
  const query = (...asked: unknown[]): Promise<unknown> => {
    const answer = last.then(() => ask(...asked))
    last = answer.catch(() => undefined)
    return answer
  }
  return Object.assign(runner, { query })
}

/** One transaction on a connection of its own. Throws UNAVAILABLE when the database is away. */
export async function inTransaction<T>(
  source: DataSource,
  run: (runner: QueryRunner) => Promise<T>,
): Promise<T> {
  const runner = inTurn(source.createQueryRunner())
  try {
    await runner.startTransaction()
    const result = await run(runner)
    await runner.commitTransaction()
    return result
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined)
    throw presentTrouble(error)
  } finally {
    await runner.release().catch(() => undefined)
  }
}
