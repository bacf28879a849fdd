import type { DataSource, EntityManager, QueryRunner } from 'typeorm'
import { AppError } from '../lib/app-error.ts'
import { isId } from '../lib/ids.ts'
import type { Log } from '../lib/log.ts'
import { type AdvisoryLock, holdAdvisoryLock } from './advisory-lock.ts'
import { openDataSource, type EntityClass } from './data-sources.ts'
import { assertDurable } from './durability.ts'
import { EmbeddedServer } from './embedded/embedded-server.ts'
import { Listener } from './listener.ts'
import { migrate } from './migrate.ts'
import {
  type Connections,
  embeddedConnections,
  prepareEmbedded,
  prepareUrl,
  urlConnections,
} from './roles.ts'
import { Snapshot } from './snapshot.ts'

export interface DatabaseConfig {
  dataFolder: string
  /** A PostgreSQL of the user's own; absent: the embedded one. */
  databaseUrl?: string | undefined
}

export interface DatabaseOptions {
  config: DatabaseConfig
  entities: readonly EntityClass[]
  log: Log
  /** Told, in words, what a start is doing when it takes longer. */
  onStep?: (text: string) => void
  /** For tools: use the server of a folder that another process owns instead of starting one. */
  mayAttach?: boolean
}

const APP_POOL = 12
const WORKER_POOL = 8
/** Serialization failure and deadlock: nothing happened, once more is safe. */
const TRY_AGAIN = new Set(['40001', '40P01'])

const isTryAgain = (error: unknown): boolean =>
  TRY_AGAIN.has(String((error as { code?: unknown } | undefined)?.code))

/** PostgreSQL through three roles: the owner migrates, the app serves requests in one workspace, the worker works across. */
export class Database {
  private readonly listeners = new Set<Listener>()
  private ownerSource: Promise<DataSource> | undefined

  private constructor(
    readonly app: DataSource,
    readonly worker: DataSource,
    private readonly connections: Connections,
    private readonly server: EmbeddedServer | undefined,
    private readonly log: Log,
  ) {}

  /** Starts or finds PostgreSQL, prepares roles, migrates, connects. Throws AppError with what to do. */
  static async open(options: DatabaseOptions): Promise<Database> {
    const server = options.config.databaseUrl ? undefined : await openServer(options)
    try {
      return await Database.openOn(server, options)
    } catch (error) {
      await server?.stop()
      throw error
    }
  }

  private static async openOn(
    server: EmbeddedServer | undefined,
    options: DatabaseOptions,
  ): Promise<Database> {
    const connections = await prepare(server, options)
    const ran = await migrate(connections.owner)
    if (ran.length) options.onStep?.(`Migrated: ${ran.join(', ')}`)
    const onPoolError = (error: unknown): void =>
      options.log.warn({ err: error }, 'A database connection broke')
    const common = { entities: options.entities, onPoolError }
    const [app, worker] = await Promise.all([
      openDataSource({ ...common, connection: connections.app, poolSize: APP_POOL }),
      openDataSource({ ...common, connection: connections.worker, poolSize: WORKER_POOL }),
    ])
    const database = new Database(app, worker, connections, server, options.log)
    await assertDurable(app)
    return database
  }

  /** The embedded server's process; undefined with DATABASE_URL. */
  get embeddedPid(): number | undefined {
    return this.server?.pid
  }

  /** One consistent picture of a workspace, read only. The caller closes it. */
  openSnapshot(workspaceId: string): Promise<Snapshot> {
    return Snapshot.open(this.app, workspaceId)
  }

  /** One transaction of a request in its workspace; once more when it lost a race. */
  async write<T>(workspaceId: string, run: (manager: EntityManager) => Promise<T>): Promise<T> {
    if (!isId(workspaceId)) throw new Error('A workspace id must be a UUID')
    const once = (): Promise<T> =>
      inTransaction(this.app, async (runner) => {
        await runner.query("select set_config('allswell.workspace_id', $1, true)", [workspaceId])
        return run(runner.manager)
      })
    return once().catch((error: unknown) => {
      if (isTryAgain(error)) return once()
      throw error
    })
  }

  /** One transaction of a worker, across workspaces. */
  work<T>(run: (runner: QueryRunner) => Promise<T>): Promise<T> {
    return inTransaction(this.worker, run)
  }

  /** As the owner of the tables, without a transaction: for partitions. */
  async asOwner<T>(run: (runner: QueryRunner) => Promise<T>): Promise<T> {
    this.ownerSource ??= openDataSource({
      connection: this.connections.owner,
      entities: [],
      poolSize: 2,
      onPoolError: () => undefined,
    }).catch((error: unknown) => {
      this.ownerSource = undefined
      throw error
    })
    const runner = (await this.ownerSource).createQueryRunner()
    try {
      return await run(runner)
    } finally {
      await runner.release()
    }
  }

  /** Hears NOTIFYs of a channel until the answer is called; `heard('')` after each new connection. */
  async listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>> {
    const listener = new Listener(this.connections.worker, channel, heard, this.log)
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
    return holdAdvisoryLock(this.connections.worker, key1, key2)
  }

  async isAlive(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined
    const patience = new Promise<boolean>((resolve) => (timer = setTimeout(resolve, 2_000, false)))
    const asked = this.worker.query('select 1').then(
      () => true,
      () => false,
    )
    return Promise.race([asked, patience]).finally(() => clearTimeout(timer))
  }

  async close(): Promise<void> {
    await Promise.all([...this.listeners].map((listener) => listener.stop()))
    const sources = [this.app, this.worker, await this.ownerSource?.catch(() => undefined)]
    await Promise.all(sources.map((source) => source?.destroy()))
    await this.server?.stop()
  }
}

export const openDatabase = (options: DatabaseOptions): Promise<Database> => Database.open(options)

async function openServer(options: DatabaseOptions): Promise<EmbeddedServer> {
  const { config, log, onStep } = options
  const place = { dataFolder: config.dataFolder, log, ...(onStep ? { onStep } : {}) }
  const attached = options.mayAttach ? await EmbeddedServer.attach(place) : undefined
  return attached ?? EmbeddedServer.start(place)
}

async function prepare(
  server: EmbeddedServer | undefined,
  { config }: DatabaseOptions,
): Promise<Connections> {
  if (server) {
    await prepareEmbedded(server)
    return embeddedConnections(server)
  }
  const url = config.databaseUrl
  if (!url) throw new AppError('UNAVAILABLE', 'There is no database.')
  await prepareUrl(url)
  return urlConnections(url)
}

async function inTransaction<T>(
  source: DataSource,
  run: (runner: QueryRunner) => Promise<T>,
): Promise<T> {
  const runner = source.createQueryRunner()
  try {
    await runner.startTransaction()
    const result = await run(runner)
    await runner.commitTransaction()
    return result
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined)
    throw error
  } finally {
    await runner.release().catch(() => undefined)
  }
}
