import { DataSource } from 'typeorm'
import type { Config } from '../config/index.ts'
import { silentLog } from '../lib/log.ts'
import { dataSourceOptions, type EntityClass } from './data-sources.ts'
import { prepareServer } from './open-database.ts'

/**
 * The owner's data source for TypeORM's command line. The embedded server is the running one, or is started for as
 * long as the data source lives.
 */
export async function cliDataSource(
  config: Pick<Config, 'dataFolder' | 'databaseUrl'>,
  entities: readonly EntityClass[],
): Promise<DataSource> {
  const { connections, server } = await prepareServer({
    config,
    entities,
    log: silentLog,
    mayAttach: true,
  })
  const source = new DataSource(
    dataSourceOptions({ connection: connections.owner, entities, poolSize: 2 }),
  )
  const destroy = source.destroy.bind(source)
  return Object.assign(source, {
    destroy: async (): Promise<void> => {
      await destroy()
      await server?.stop()
    },
  })
}
