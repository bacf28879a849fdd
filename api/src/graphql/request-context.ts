import type DataLoader from 'dataloader'
import type { EntityManager } from 'typeorm'
import type { AccountScope, RequestDoor } from '../accounts/index.ts'
import { type LogHead, RequestScope } from '../db/index.ts'
import type { Actor } from '../lib/actor.ts'
import type { Bill } from './limits/budget.ts'

/** Where nothing can be answered but data: a live view. */
const NO_DOOR: RequestDoor = {
  ...{ ipAddress: '', userAgent: '', publicUrl: '', webUrl: '' },
  setSession: () => notHere(),
  clearSession: () => notHere(),
}

function notHere(): never {
  throw new Error('Nobody signs in or out through a live view')
}

/**
 * The context of one request: its actor, its snapshot, its loaders, and what it cost. Apollo runs an operation on a
 * shallow copy of its context, so everything that changes lies one level deeper: whoever closes the original closes
 * the copy's snapshot too.
 */
export class RequestContext implements AccountScope {
  readonly actor: Actor
  private readonly scope: RequestScope
  private readonly notes: { bill?: Bill } = {}

  constructor(
    database: ConstructorParameters<typeof RequestScope>[0],
    actor: Actor,
    readonly door: RequestDoor = NO_DOOR,
  ) {
    this.actor = actor
    this.scope = new RequestScope(database, actor)
  }

  get bill(): Bill | undefined {
    return this.notes.bill
  }

  charge(bill: Bill): void {
    this.notes.bill = bill
  }

  manager(): Promise<EntityManager> {
    return this.scope.manager()
  }

  head(): Promise<LogHead> {
    return this.scope.head()
  }

  loader<K, V>(name: string, make: () => DataLoader<K, V>): DataLoader<K, V> {
    return this.scope.loader(name, make)
  }

  /** Lets go of the snapshot; what is read next is the present. */
  refresh(): Promise<void> {
    return this.scope.refresh()
  }

  close(): Promise<void> {
    return this.scope.close()
  }
}
