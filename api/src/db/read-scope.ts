import type DataLoader from 'dataloader'
import type { EntityManager } from 'typeorm'
import type { Actor } from '../lib/actor.ts'

/** A position in a workspace's event log. */
export interface LogHead {
  epoch: number
  position: number
}

/**
 * What a request reads through: one actor, one snapshot of the database, loaders that live as long.
 * The GraphQL context is one. The snapshot opens at the first use of `manager` or `head`.
 */
export interface ReadScope {
  readonly actor: Actor
  /** The manager of this request's REPEATABLE READ READ ONLY transaction, bound to the actor's workspace. */
  manager(): Promise<EntityManager>
  /** The head of the event log in that very snapshot. */
  head(): Promise<LogHead>
  /** One loader per name and request; made at the first call. */
  loader<K, V>(name: string, make: () => DataLoader<K, V>): DataLoader<K, V>
}
