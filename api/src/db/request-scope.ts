import type DataLoader from 'dataloader'
import type { EntityManager } from 'typeorm'
import type { Actor } from '../lib/actor.ts'
import type { Database } from './database.ts'
import type { LogHead, ReadScope } from './read-scope.ts'
import type { Snapshot } from './snapshot.ts'

/** The scope of one request: its snapshot opens when something is read, and ends with `close`. */
export class RequestScope implements ReadScope {
  private snapshot: Promise<Snapshot> | undefined
  private readonly loaders = new Map<string, unknown>()

  constructor(
    private readonly database: Pick<Database, 'openSnapshot'>,
    readonly actor: Actor,
  ) {}

  async manager(): Promise<EntityManager> {
    return (await this.open()).manager
  }

  async head(): Promise<LogHead> {
    return (await this.open()).head
  }

  loader<K, V>(name: string, make: () => DataLoader<K, V>): DataLoader<K, V> {
    const existing = this.loaders.get(name) as DataLoader<K, V> | undefined
    if (existing) return existing
    const made = make()
    this.loaders.set(name, made)
    return made
  }

  /** Forgets what was read, so that what follows sees the present: a mutation's answer shows what it changed. */
  async refresh(): Promise<void> {
    this.loaders.clear()
    await this.close()
  }

  async close(): Promise<void> {
    const snapshot = this.snapshot
    this.snapshot = undefined
    await snapshot?.then(
      (s) => s.close(),
      () => undefined,
    )
  }

  private open(): Promise<Snapshot> {
    return (this.snapshot ??= this.database.openSnapshot(this.actor.workspaceId))
  }
}
