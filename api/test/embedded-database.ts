import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { TestProject } from 'vitest/node'
import { EmbeddedServer } from '../src/db/embedded/embedded-server.ts'
import { openDatabase } from '../src/db/index.ts'
import { silentLog } from '../src/lib/log.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The data folder of the run's server. */
    dataFolder: string
    /** A data folder with an empty cluster and no server, to be copied: initdb takes a second or more. */
    madeFolder: string
  }
}

const newFolder = (): string => mkdtempSync(path.join(tmpdir(), 'allswell-test-'))

/** One embedded PostgreSQL for a whole run of database tests, migrated; each test makes its own workspace. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const [dataFolder, madeFolder] = [newFolder(), newFolder()]
  const first = await EmbeddedServer.start({ dataFolder: madeFolder, log: silentLog })
  await first.stop()
  execFileSync('cp', ['-a', `${madeFolder}/.`, dataFolder])
  const database = await openDatabase({ config: { dataFolder }, entities: [], log: silentLog })
  project.provide('dataFolder', dataFolder)
  project.provide('madeFolder', madeFolder)
  return async () => {
    await database.close()
    for (const folder of [dataFolder, madeFolder]) rmSync(folder, { recursive: true, force: true })
  }
}
