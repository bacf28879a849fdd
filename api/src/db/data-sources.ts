import type { ClientConfig } from 'pg'
import { DataSource, type DataSourceOptions, type EntityTarget, type ObjectLiteral } from 'typeorm'
import { migrations } from './migrations/index.ts'
import { SCHEMA } from './roles.ts'

/** A class with TypeORM's @Entity. */
export type EntityClass = EntityTarget<ObjectLiteral> & (abstract new (...args: never[]) => object)

export interface DataSourceSettings {
  connection: ClientConfig
  entities: readonly EntityClass[]
  poolSize: number
  onPoolError?: (error: unknown) => void
}

function placeOf({ connectionString, ...rest }: ClientConfig): object {
  if (connectionString) return { url: connectionString }
  const { host, port, user, password, database } = rest
  return { host, port, username: user, password, database }
}

/** What TypeORM needs to know; the role and the search path travel as start-up options of each connection. */
export function dataSourceOptions(settings: DataSourceSettings): DataSourceOptions {
  return {
    type: 'postgres',
    ...placeOf(settings.connection),
    schema: SCHEMA,
    entities: [...settings.entities],
    migrations: [...migrations],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    installExtensions: false,
    uuidExtension: 'pgcrypto',
    applicationName: 'allswell',
    poolSize: settings.poolSize,
    connectTimeoutMS: 5_000,
    poolErrorHandler: settings.onPoolError ?? (() => undefined),
    extra: { options: settings.connection.options, idleTimeoutMillis: 60_000, keepAlive: true },
  } as DataSourceOptions
}

export const openDataSource = (settings: DataSourceSettings): Promise<DataSource> =>
  new DataSource(dataSourceOptions(settings)).initialize()
