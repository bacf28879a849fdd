import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, expect, vi } from 'vitest'
import type { CheckOutcome, CheckRequest } from '../src/checks/index.ts'
import { type Database, openDatabase } from '../src/db/index.ts'
import { entities } from '../src/entities.ts'
import { EventHub } from '../src/events/index.ts'
import { PartitionKeeper } from '../src/history/index.ts'
import { type Clock, systemClock } from '../src/lib/clock.ts'
import { silentLog } from '../src/lib/log.ts'
import { SecretBox } from '../src/lib/secret-box.ts'
import { openRecorder, WatchList } from '../src/monitors/index.ts'
import { Scheduler } from '../src/scheduler/index.ts'
import { newWorkspace } from './database.ts'
import { FreezableClock } from './freezable-clock.ts'
import { insertMonitor, stored, type TestMonitor } from './monitors.ts'

export const START = Date.UTC(2026, 0, 5, 12)
const secretBox = new SecretBox(Buffer.alloc(32, 1))

/** A check that finds the target well. */
export const good: CheckOutcome = {
  ...{ verdict: 'UP', message: null, latencyUs: 900, timings: null, statusCode: 200 },
  ...{ certificate: null, conditions: [], evidence: null },
}
/** A check that finds it refusing. */
export const bad: CheckOutcome = { ...good, verdict: 'DOWN', message: 'refused' }

/** A server of this test file's own: a scheduler takes every monitor that it finds. */
const dataFolder = mkdtempSync(path.join(tmpdir(), 'allswell-workers-'))
let opened: Promise<Database> | undefined

/** The database of this test file's schedulers. */
export function ownDatabase(): Promise<Database> {
  return (opened ??= openDatabase({ config: { dataFolder }, entities, log: silentLog }))
}

/** The same as a second process would open it. The caller closes it. */
export function openSecond(): Promise<Database> {
  return openDatabase({ config: { dataFolder }, entities, log: silentLog, mayAttach: true })
}

afterAll(async () => {
  await (await opened)?.close()
  rmSync(dataFolder, { recursive: true, force: true })
})

/** What a test must put away, last first. */
export const undo: (() => Promise<void>)[] = []
const clocks = new Set<FreezableClock>()
/** Whether a worker looks at the database just now. */
const busy = new Set<() => boolean>()

afterEach(async () => {
  for (const end of undo.splice(0).reverse()) await ticking(end())
  clocks.clear()
  busy.clear()
})

export interface Worker {
  scheduler: Scheduler
  database: Database
  hub: EventHub
  recorder: ReturnType<typeof openRecorder>
  /** What was asked for, in order. */
  asked: { target: string; atMs: number }[]
}

/** A worker on a database; `settings.target` of a monitor tells the checks apart. */
export async function startWorker(
  clock: Clock,
  options: {
    database?: Database
    workspaceIds?: string[]
    concurrency?: number
    check?: (request: CheckRequest) => Promise<CheckOutcome>
  } = {},
): Promise<Worker> {
  const database = options.database ?? (await ownDatabase())
  if (clock instanceof FreezableClock) clocks.add(clock)
  const keeper = new PartitionKeeper({ database, clock, log: silentLog })
  await keeper.runOnce()
  await keeper.ensureDays(Date.now(), Date.now())
  const hub = new EventHub({ database, clock: systemClock, log: silentLog })
  await hub.start()
  const recorder = openRecorder({ database, hub, clock, log: silentLog })
  const asked: Worker['asked'] = []
  const scheduler = new Scheduler({
    ...{ database, recorder, hub, clock, log: silentLog },
    watchList: new WatchList({ database, secretBox, log: silentLog }),
    concurrency: options.concurrency ?? 50,
    workspaceIds: options.workspaceIds ?? [],
    check: async (request: CheckRequest) => {
      const target = String(request.settings['target'])
      asked.push({ target, atMs: clock.now() })
      return options.check ? options.check(request) : good
    },
  })
  busy.add(() => Boolean(recorder['flushing'] ?? scheduler['ticking']))
  scheduler.start()
  undo.push(async () => {
    await scheduler.stop(0)
    await recorder.close(0)
    await hub.stop()
  })
  return { scheduler, database, hub, recorder, asked }
}

/** A workspace that no other test's worker takes monitors from: they are deleted at the end. */
export async function ownWorkspace(): Promise<string> {
  const database = await ownDatabase()
  const workspaceId = await newWorkspace(database)
  undo.unshift(async () => {
    await database.worker.query('delete from monitor where workspace_id = $1', [workspaceId])
  })
  return workspaceId
}

export async function monitorIn(
  workspaceId: string,
  target: string,
  wishes: Parameters<typeof insertMonitor>[2] = {},
): Promise<TestMonitor> {
  const settings = { target }
  return insertMonitor(await ownDatabase(), workspaceId, {
    ...{ kind: 'test', settings, ownerEpoch: null },
    ...wishes,
  })
}

export async function beatsOf(monitor: TestMonitor): Promise<{ atMs: number; status: number }[]> {
  const { beats } = await stored(await ownDatabase(), monitor)
  return beats.map(({ slotUs, status }) => ({ atMs: slotUs / 1000, status }))
}

/** Waits for something that may wait for a manual clock. */
async function ticking(work: Promise<void>): Promise<void> {
  let isDone = false
  const done = work.finally(() => (isDone = true))
  await soon(() => expect(isDone).toBe(true))
  await done
}

/** Waits until a claim holds; what is due at once on a manual clock gets its turn. */
export function soon<T>(claim: () => T | Promise<T>): Promise<T> {
  const check = (): T | Promise<T> => {
    for (const clock of clocks) clock.advance(0)
    return claim()
  }
  return vi.waitFor(check, { timeout: 10_000, interval: 5 })
}

/** Lets manual time go by in small steps, each until everything that it set off is stored. */
export async function pass(clock: FreezableClock, ms: number, stepMs = 100): Promise<void> {
  for (let gone = 0; gone < ms; gone += stepMs) {
    clock.advance(stepMs)
    await vi.waitFor(
      async () => {
        await new Promise((resolve) => setImmediate(resolve))
        expect([...busy].some((isBusy) => isBusy())).toBe(false)
      },
      { timeout: 10_000, interval: 1 },
    )
  }
}
