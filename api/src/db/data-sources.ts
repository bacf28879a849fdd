import type { ClientConfig } from 'pg'
import { DataSource, type DataSourceOptions, type EntityTarget, type ObjectLiteral } from 'typeorm'
import { type Log, silentLog } from '../lib/log.ts'
import { migrations } from './migrations/index.ts'
import { SCHEMA } from './roles.ts'

/** A class with TypeORM's @Entity. */
export type EntityClass = EntityTarget<ObjectLiteral> & (abstract new (...args: never[]) => object)

export interface DataSourceSettings {
  connection: ClientConfig
  entities: readonly EntityClass[]
  poolSize: number
  log?: Log
}

/** What TypeORM needs to know; the role and the search path travel as start-up options of each connection. */
export function dataSourceOptions({
  connection,
  entities,
  poolSize,
  log = silentLog,
}: DataSourceSettings): DataSourceOptions {
  return {
    type: 'postgres',
    schema: SCHEMA,
    entities: [...entities],
    migrations: [...migrations],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    applicationName: 'allswell',
    poolSize,
    connectTimeoutMS: 5_000,
    // An idle connection broke: the pool drops it. The error itself carries the whole client.
    poolErrorHandler: (error: Error) =>
      log.debug({ reason: error.message }, 'A database connection broke'),
    extra: {
      ...connection,
      idleTimeoutMillis: 60_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    },
  } as DataSourceOptions
}

export const openDataSource = (settings: DataSourceSettings): Promise<DataSource> =>
  new DataSource(dataSourceOptions(settings)).initialize()
