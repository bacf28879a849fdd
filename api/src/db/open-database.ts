import type { ClientConfig } from 'pg'
import type { DataSource } from 'typeorm'
import type { Log } from '../lib/log.ts'
import { type Connections, embeddedConnections, urlConnections } from './connections.ts'
import { type EntityClass, openDataSource } from './data-sources.ts'
import { Database } from './database.ts'
import { prepareEmbedded } from './embedded-roles.ts'
import { EmbeddedServer } from './embedded/embedded-server.ts'
import { isMigrated, migrate } from './migrate.ts'
import { ROLES } from './roles.ts'
import { assertSession } from './session-check.ts'
import { outlast } from './trouble.ts'
import { prepareUrl } from './url-roles.ts'

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

const READERS = 10
const WRITERS = 5
const WORKERS = 8
/** An adopted server may be ending: its watchdog was slower than our start. */
const RESTART_PATIENCE_MS = 20_000

/** A server with its roles, and how to connect to it. */
export interface Prepared {
  connections: Connections
  server: EmbeddedServer | undefined
  /** Whether the tables are of this version. */
  isMigrated: boolean
}

/** Starts or finds PostgreSQL, prepares roles, migrates, connects. Throws AppError with what to do. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const prepared = await prepareServer(options)
  const { server } = prepared
  const open = (): Promise<Database> => openOn(prepared, options)
  try {
    return await (server ? outlast(RESTART_PATIENCE_MS, open) : open())
  } catch (error) {
    await server?.stop()
    throw error
  }
}

/** PostgreSQL with its three roles, not yet migrated. */
export async function prepareServer(options: DatabaseOptions): Promise<Prepared> {
  const url = options.config.databaseUrl
  if (url) {
    await prepareUrl(url)
    const connections = urlConnections(url)
    return { connections, server: undefined, isMigrated: await isMigrated(connections.owner) }
  }
  const server = await openServer(options)
  const connections = embeddedConnections(server)
  try {
    return await outlast(RESTART_PATIENCE_MS, async () => {
      const isDone = await isMigrated(connections.owner)
      if (!isDone) await prepareEmbedded(server)
      return { connections, server, isMigrated: isDone }
    })
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function openServer(options: DatabaseOptions): Promise<EmbeddedServer> {
  const { config, log, onStep } = options
  const place = { dataFolder: config.dataFolder, log, onStep }
  const attached = options.mayAttach ? await EmbeddedServer.attach(place) : undefined
  return attached ?? EmbeddedServer.start(place)
}

async function openOn(prepared: Prepared, options: DatabaseOptions): Promise<Database> {
  const { connections, server } = prepared
  const { entities, log } = options
  if (!prepared.isMigrated) {
    const ran = await migrate(connections.owner)
    if (ran.length) options.onStep?.(`Migrated: ${ran.join(', ')}`)
  }
  const pools: DataSource[] = []
  const open = async (connection: ClientConfig, role: string, poolSize: number) => {
    const source = await openDataSource({ connection, entities, poolSize, log })
    pools.push(source)
    await assertSession(source, role)
    return source
  }
  const opening = [
    open(connections.app, ROLES.app, READERS),
    open(connections.app, ROLES.app, WRITERS),
    open(connections.worker, ROLES.worker, WORKERS),
  ] as const
  try {
    const [app, writer, worker] = await Promise.all(opening)
    const { owner: ownerConnection, worker: workerConnection } = connections
    return new Database({ app, writer, worker, ownerConnection, workerConnection, server, log })
  } catch (error) {
    await Promise.allSettled(opening)
    await Promise.allSettled(pools.map((source) => source.destroy()))
    throw error
  }
}
