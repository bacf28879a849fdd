import type { CommittedEvents } from '../../events/index.ts'
import type { Recorded } from './new-beat.ts'

export interface StoredBatch {
  /** In the order of the beats. */
  answers: Recorded[]
  commits: CommittedEvents[]
}

/** The connection broke while the commit was under way: nobody knows whether it happened. */
export class CommitInDoubt extends Error {
  override readonly name = 'CommitInDoubt'
}
