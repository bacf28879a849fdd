import type { SqlRunner } from '../../events/index.ts'
import { AppError } from '../../lib/app-error.ts'
import { hashInput, isHashOf } from './input-hash.ts'

export interface IdempotentCall {
  workspaceId: string
  operation: string
  key: string
  input: unknown
  /** The id that the new object will have. */
  objectId: string
  nowMs: number
}

/**
 * To be called first in the creating transaction. Answers null when this call is the first with its key, else
 * the id of what the first one made; a parallel first call is waited for. Throws CONFLICT when it had another
 * input.
 */
export async function claimKey(runner: SqlRunner, call: IdempotentCall): Promise<string | null> {
  const { workspaceId, operation, key, input, objectId, nowMs } = call
  const made = (await runner.query(
    `insert into idempotency_key (workspace_id, operation, key, input_hash, object_id, created_at)
     values ($1, $2, $3, $4, $5, $6) on conflict do nothing returning object_id`,
    [workspaceId, operation, key, hashInput(input), objectId, new Date(nowMs).toISOString()],
  )) as object[]
  if (made.length) return null
  const [first] = (await runner.query(
    `select input_hash as hash, object_id as id from idempotency_key
      where workspace_id = $1 and operation = $2 and key = $3`,
    [workspaceId, operation, key],
  )) as { hash: Buffer; id: string }[]
  if (first && isHashOf(first.hash, input)) return first.id
  throw conflict('This idempotency key was used with another input.')
}

export function conflict(message: string): AppError {
  const problems = [{ path: ['idempotencyKey'], code: 'CONFLICT' as const, message }]
  return new AppError('CONFLICT', message, { problems })
}
