import type { Actor } from '../../lib/actor.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'

/** Whose rights have changed; what is absent is not narrowed. */
export interface RightsChange {
  userId?: string | null
  credentialId?: string | null
  workspaceId?: string | null
}

/** How the live doors learn whether those they have let in may still be there. */
export interface Rights {
  /** False when changes of the last second may not be known here. */
  readonly isFresh: boolean
  onChange(heard: (change: RightsChange) => void): () => void
  /** The actor as it is now; null when it may not act any more. */
  recheck(actor: Actor): Promise<Actor | null>
}

/** Somebody who is connected. */
export interface Guest {
  readonly actor: Actor
  /** Rights were taken or given: the connection ends, and may be opened again by whoever still may. */
  revoke(): void
  /** Whether the rights still hold can't be found out now. */
  suspend(): void
}

const EXPIRY_LOOK_MS = 500

/** Sends away, within a second, who may not be there any more: revoked, with other rights, or expired. */
export class Standing {
  private readonly guests = new Set<Guest>()
  private readonly unwatch: () => void
  private cancel: () => void

  constructor(private readonly options: { rights: Rights; clock: Clock; log: Log }) {
    this.unwatch = options.rights.onChange((change) => this.changed(change))
    this.cancel = this.lookLater()
  }

  /** Watches over somebody until the answer is called. */
  admit(guest: Guest): () => void {
    this.guests.add(guest)
    return () => void this.guests.delete(guest)
  }

  /** Whether anything may be told to somebody who has a credential. */
  mayTell(actor: Actor): boolean {
    return actor.credentialId === undefined || this.options.rights.isFresh
  }

  close(): void {
    this.cancel()
    this.unwatch()
  }

  private changed(change: RightsChange): void {
    for (const guest of this.guests) if (isConcerned(guest.actor, change)) this.recheck(guest)
  }

  private recheck(guest: Guest): void {
    const { actor } = guest
    this.options.rights.recheck(actor).then(
      (now) => {
        if (!now || !isSameRights(now, actor)) guest.revoke()
      },
      (error: unknown) => {
        this.options.log.debug({ err: error }, 'The rights of a live reader could not be looked up')
        guest.suspend()
      },
    )
  }

  private lookLater(): () => void {
    return this.options.clock.after(EXPIRY_LOOK_MS, () => {
      const now = this.options.clock.now()
      for (const guest of this.guests) {
        const { expiresAtMs } = guest.actor
        if (expiresAtMs !== undefined && expiresAtMs <= now) guest.revoke()
      }
      this.cancel = this.lookLater()
    })
  }
}

/** A token may no more than who made it, whom it does not name: every change may concern it. */
function isConcerned(actor: Actor, { credentialId, userId, workspaceId }: RightsChange): boolean {
  if (actor.credentialId === undefined) return false
  if (credentialId) return actor.credentialId === credentialId
  if (actor.kind === 'token') return true
  return userId ? actor.id === userId : !workspaceId || actor.workspaceId === workspaceId
}

function isSameRights(one: Actor, other: Actor): boolean {
  return one.role === other.role && one.scopes?.join() === other.scopes?.join()
}
