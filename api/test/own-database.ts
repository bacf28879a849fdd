import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Database, openDatabase } from '../src/db/index.ts'
import { silentLog } from '../src/lib/log.ts'

/** A PostgreSQL of the caller's own, for tests of what works across all workspaces. The caller closes it. */
export async function ownDatabase(): Promise<{ database: Database; close(): Promise<void> }> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'allswell-own-'))
  const database = await openDatabase({ config: { dataFolder }, entities: [], log: silentLog })
  return {
    database,
    close: async () => {
      await database.close()
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}
