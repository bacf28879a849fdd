import 'reflect-metadata'
import { processEnvironment, readConfig } from './api/src/config/index.ts'
import { cliDataSource } from './api/src/db/index.ts'
import { entities } from './api/src/entities.ts'

const here = import.meta.dirname
const config = readConfig(processEnvironment(), { workingFolder: here, webFolder: here })

/** For TypeORM's command line: `npx tsx --tsconfig api/tsconfig.json node_modules/typeorm/cli.js migration:show -d ormconfig.ts`. */
export default await cliDataSource(config, entities)
