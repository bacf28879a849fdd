import type { Actor } from '../../lib/actor.ts'
import type { Authenticator } from './authenticator.ts'
import type { AuthChange, Revocations } from './revocations.ts'

/** What a door that stays open asks about those whom it has let in. */
export class Rights {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly revocations: Revocations,
  ) {}

  /** False when changes of the last second may not be known here. */
  get isFresh(): boolean {
    return this.revocations.isFresh
  }

  onChange(heard: (change: AuthChange) => void): () => void {
    return this.revocations.onChange(heard)
  }

  /** The actor as it is now; null when it may not act any more. */
  recheck(actor: Actor): Promise<Actor | null> {
    return this.authenticator.recheck(actor)
  }
}
