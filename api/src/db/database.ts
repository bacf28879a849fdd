import type { ClientConfig } from 'pg'
import type { DataSource, EntityManager, QueryRunner } from 'typeorm'
import type { Log } from '../lib/log.ts'
import { type AdvisoryLock, holdAdvisoryLock } from './advisory-lock.ts'
import { openDataSource } from './data-sources.ts'
import { Listener } from './listener.ts'
import { Snapshot } from './snapshot.ts'
import { checkedWorkspaceId, inTransaction } from './transaction.ts'
import { isLostRace, presentTrouble } from './trouble.ts'

const ALIVE_PATIENCE_MS = 2_000
const CLOSE_PATIENCE_MS = 5_000

export interface DatabaseParts {
  /** The pool of the app role that snapshots hold while a request reads. */
  app: DataSource
  /** A pool of the app role for changes only: a request that reads may write without waiting for other readers. */
  writer: DataSource
  worker: DataSource
  ownerConnection: ClientConfig
  workerConnection: ClientConfig
  /** The embedded PostgreSQL; absent with DATABASE_URL. */
  server: { readonly pid: number | undefined; stop(): Promise<void> } | undefined
  log: Log
}

/** PostgreSQL through three roles: the owner migrates, the app serves requests in one workspace, the worker works across. */
export class Database {
  readonly app: DataSource
  readonly worker: DataSource
  private readonly listeners = new Set<Listener>()
  private ownerSource: Promise<DataSource> | undefined

  constructor(private readonly parts: DatabaseParts) {
    this.app = parts.app
    this.worker = parts.worker
  }

  /** The embedded server's process; undefined with DATABASE_URL. */
  get embeddedPid(): number | undefined {
    return this.parts.server?.pid
  }

  /**
   * One consistent picture of a workspace, read only. The caller closes it. Throws NOT_FOUND for an unknown
   * workspace, UNAVAILABLE when the database is away.
   */
  openSnapshot(workspaceId: string): Promise<Snapshot> {
    return Snapshot.open(this.app, workspaceId)
  }

  /** One transaction of a request in its workspace; once more when it lost a race. */
  async write<T>(workspaceId: string, run: (manager: EntityManager) => Promise<T>): Promise<T> {
    const bind = `select set_config('allswell.workspace_id', '${checkedWorkspaceId(workspaceId)}', true)`
    const once = (): Promise<T> =>
      inTransaction(this.parts.writer, async (runner) => {
        await runner.query(bind)
        return run(runner.manager)
      })
    return once().catch((error: unknown) => {
      if (isLostRace(error)) return once()
      throw error
    })
  }

  /** One transaction of a worker, across workspaces. */
  work<T>(run: (runner: QueryRunner) => Promise<T>): Promise<T> {
    return inTransaction(this.worker, run)
  }

  /** As the owner of the tables, without a transaction: for partitions. */
  async asOwner<T>(run: (runner: QueryRunner) => Promise<T>): Promise<T> {
    this.ownerSource ??= this.openOwner()
    let runner: QueryRunner | undefined
    try {
      runner = (await this.ownerSource).createQueryRunner()
      return await run(runner)
    } catch (error) {
      throw presentTrouble(error)
    } finally {
      await runner?.release()
    }
  }

  /** Hears NOTIFYs of a channel until the answer is called; `heard('')` after each new connection, `lost` after each loss. */
  async listen(
    channel: string,
    heard: (payload: string) => void,
    lost?: () => void,
  ): Promise<() => Promise<void>> {
    const { workerConnection: connection, log } = this.parts
    const listener = new Listener({ connection, channel, heard, lost, log })
    await listener.start()
    this.listeners.add(listener)
    return async () => {
      this.listeners.delete(listener)
      await listener.stop()
    }
  }

  async notify(channel: string, payload: string): Promise<void> {
    await this.worker.query('select pg_notify($1, $2)', [channel, payload])
  }

  /** A lock that shows to other processes that this one lives. Throws CONFLICT when it is held. */
  holdAdvisoryLock(key1: number, key2: number): Promise<AdvisoryLock> {
    return holdAdvisoryLock(this.parts.workerConnection, key1, key2)
  }

  /** Whether it answers within 2 s. */
  isAlive(): Promise<boolean> {
    const asked = this.worker.query('select 1').then(
      () => true,
      () => false,
    )
    return within(ALIVE_PATIENCE_MS, asked, false)
  }

  /** Ends every connection, and the embedded server. A reader that was forgotten does not hold it up. */
  async close(): Promise<void> {
    const { app, writer, worker, server } = this.parts
    await Promise.all([...this.listeners].map((listener) => listener.stop()))
    const owner = await this.ownerSource?.catch(() => undefined)
    const pools = [app, writer, worker, owner].map((source) =>
      source?.destroy().catch(() => undefined),
    )
    await within(CLOSE_PATIENCE_MS, Promise.all(pools), undefined)
    await server?.stop()
  }

  private openOwner(): Promise<DataSource> {
    const connection = this.parts.ownerConnection
    return openDataSource({ connection, entities: [], poolSize: 2 }).catch((error: unknown) => {
      this.ownerSource = undefined
      throw error
    })
  }
}

async function within<T, U>(ms: number, promise: Promise<T>, otherwise: U): Promise<T | U> {
  let timer: NodeJS.Timeout | undefined
  const patience = new Promise<U>((resolve) => (timer = setTimeout(resolve, ms, otherwise)))
  return Promise.race([promise, patience]).finally(() => clearTimeout(timer))
}
