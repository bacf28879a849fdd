import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '../src/db/index.ts'
import { silentLog } from '../src/lib/log.ts'

declare module 'vitest' {
  interface ProvidedContext {
    dataFolder: string
  }
}

/** One embedded PostgreSQL for a whole run of database tests, migrated; each test makes its own workspace. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'allswell-test-'))
  const database = await openDatabase({ config: { dataFolder }, entities: [], log: silentLog })
  project.provide('dataFolder', dataFolder)
  return async () => {
    await database.close()
    rmSync(dataFolder, { recursive: true, force: true })
  }
}
