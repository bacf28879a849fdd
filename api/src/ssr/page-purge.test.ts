import { expect, it } from 'vitest'
import { MemoryLog } from '../../test/memory-log.ts'
import { EventHub, type NewEvent } from '../events/index.ts'
import { ManualClock } from '../lib/manual-clock.ts'
import { silentLog } from '../lib/log.ts'
import { PagePurge } from './page-purge.ts'

const WORKSPACE = '0190a0e0-0000-7000-8000-000000000001'

async function setUp() {
  const database = new MemoryLog(WORKSPACE)
  const hub = new EventHub({ database, clock: new ManualClock(), log: silentLog })
  const heard: string[] = []
  const pages = { expire: () => void heard.push('expire'), forget: () => void heard.push('forget') }
  const purge = new PagePurge({ hub, pages, log: silentLog })
  await purge.follow(WORKSPACE)
  const commit = (...kinds: string[]): void => {
    const at = new Date(0)
    const events = kinds.map((kind) => ({ kind, at, body: { monitorId: 'm' } }) as NewEvent)
    hub.committed([database.append(...events)])
  }
  return { database, purge, heard, commit }
}

it('lets pages be read anew when a monitor has changed, not for every beat', async () => {
  const { heard, commit } = await setUp()
  commit('heartbeats.recorded')
  expect(heard).toEqual([])
  commit('heartbeats.recorded', 'monitor.statusChanged')
  expect(heard).toEqual(['expire'])
})

it('drops what was seen of pages when one of them has changed', async () => {
  const { heard, commit } = await setUp()
  commit('monitor.updated', 'page.updated')
  expect(heard).toEqual(['forget'])
})

it('hears nothing any more after it was stopped', async () => {
  const { purge, heard, commit } = await setUp()
  purge.stop()
  commit('page.deleted')
  expect(heard).toEqual([])
})

it('lets the server live when the log can not be read', async () => {
  const { database, purge } = await setUp()
  database.failure = new Error('no database')
  await expect(purge.follow('another')).resolves.toBeUndefined()
})
