import type { LogHead } from '../../../db/read-scope.ts'

/** Who is further behind than this is told to read afresh: a snapshot is cheaper than the replay. */
export const LONGEST_REPLAY = 10_000

/** Whether a reader that stands at `at` can be told everything up to `head`, or must read afresh. Pure. */
export function canReplay(at: LogHead, head: LogHead): boolean {
  const behind = head.position - at.position
  return at.epoch === head.epoch && behind >= 0 && behind <= LONGEST_REPLAY
}
