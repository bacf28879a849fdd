import type { UserErrorCode } from '../../generated/operations.ts'

export interface ItemResult {
  id: string
  userErrors: readonly { message: string; code: UserErrorCode }[]
}

export interface Outcome {
  done: string[]
  failed: { id: string; message: string }[]
}

/** Sorts the results of a bulk mutation; what the server left out of its answer has failed too. */
export function outcomeOf(
  ids: readonly string[],
  results: readonly ItemResult[],
  message: string,
): Outcome {
  const byId = new Map(results.map((result) => [result.id, result]))
  const outcome: Outcome = { done: [], failed: [] }
  for (const id of ids) {
    const result = byId.get(id)
    const [error] = result?.userErrors ?? []
    if (result && !error) outcome.done.push(id)
    else outcome.failed.push({ id, message: error?.message ?? message })
  }
  return outcome
}
