import type { LogHead } from '../../../db/read-scope.ts'
import type { LoggedEvent } from '../../../events/index.ts'

/** One message of a live view before it has been worded: everything up to `head` is told by it. */
export interface LiveSource {
  workspaceId: string
  head: LogHead
  /** The reader has missed something that can't be told any more, and must read afresh. */
  resync: boolean
  events: LoggedEvent[]
}

/** Whether a log that stands at `head` contains everything up to `wanted`. */
export function reaches(head: LogHead, wanted: LogHead): boolean {
  return head.epoch === wanted.epoch && head.position >= wanted.position
}

/** Whether two positions are the same place of the same life of a log. */
export function isSame(a: LogHead, b: LogHead): boolean {
  return a.epoch === b.epoch && a.position === b.position
}
