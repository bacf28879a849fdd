import { describe, expect, it } from 'vitest'
import { openAnother, sharedDatabase } from '../../test/database.ts'
import { systemClock } from '../lib/clock.ts'
import { ensureDefaultWorkspace } from './default-workspace.ts'

describe('the default workspace', () => {
  it('is one, even when two processes make it at once', async () => {
    const [one, two] = [await sharedDatabase(), await openAnother()]
    const made = await Promise.all(
      [one, two, one, two].map((database) => ensureDefaultWorkspace(database, systemClock)),
    )
    await two.close()
    expect(new Set(made.map((workspace) => workspace.id)).size).toBe(1)
  })

  it('has an event log from its first moment', async () => {
    const database = await sharedDatabase()
    const workspace = await ensureDefaultWorkspace(database, systemClock)
    const snapshot = await database.openSnapshot(workspace.id)
    expect(snapshot.head.epoch).toBeGreaterThan(0)
    await snapshot.close()
  })
})
