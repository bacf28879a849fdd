import { createMonitor } from '../harness/graphql.ts'
import { LiveSubscriber } from '../harness/live-subscriber.ts'
import type { ServerProcess } from '../harness/server-process.ts'
import { until } from '../harness/server-process.ts'
import { startChild, type Child } from './children.ts'
import { percentile, report } from './figures.ts'
import { cpuSecondsOf, residentMb } from './processes.ts'

const MONITORS = 1000
const INTERVAL_MS = 20_000
const BEATS = `subscription ($after: Cursor) { events(after: $after, topics: [HEARTBEAT]) { cursor resync events {
  __typename id at ... on HeartbeatsRecorded { beats { monitorIds slots } } } } }`

interface BeatsEvent {
  beats: { monitorIds: string[]; slots: string[] }
}

export const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A thousand monitors, each with a path of its own on the target; answers path by monitor id. */
export async function addMonitors(
  server: ServerProcess,
  target: Child,
  count = MONITORS,
): Promise<Map<string, string>> {
  const paths = new Map<string, string>()
  for (let begin = 0; begin < count; begin += 20)
    await Promise.all(
      Array.from({ length: Math.min(20, count - begin) }, async (_, offset) => {
        const path = `/m/${begin + offset}`
        const settings = { http: { url: `http://127.0.0.1:${target.firstLine}${path}` } }
        paths.set(
          await createMonitor(server.url, {
            name: `Monitor ${begin + offset}`,
            intervalSeconds: 20,
            settings,
          }),
          path,
        )
      }),
    )
  return paths
}

export async function arrivalsOf(target: Child): Promise<Record<string, number[]>> {
  return (await (await fetch(`http://127.0.0.1:${target.firstLine}/arrivals`)).json()) as Record<
    string,
    number[]
  >
}

export const tell = (target: Child, path: string) =>
  fetch(`http://127.0.0.1:${target.firstLine}${path}`)

/** CPU seconds per 1,000 checks of a family of processes over a window. */
async function cpuPerThousand(pids: number[], target: Child, windowMs: number): Promise<number> {
  await tell(target, '/forget')
  const before = cpuSecondsOf(pids)
  await pause(windowMs)
  const spent = cpuSecondsOf(pids) - before
  const checks = Object.values(await arrivalsOf(target)).flat().length
  return (spent / checks) * 1000
}

/** How late each check reached the target after its slot. */
async function measureLateness(
  server: ServerProcess,
  target: Child,
  paths: Map<string, string>,
  windowMs: number,
): Promise<number[]> {
  const slots: [string, number][] = []
  const subscriber = new LiveSubscriber(server.url, {
    query: BEATS,
    onBatch: (batch) => {
      for (const { beats } of batch.events as unknown as BeatsEvent[])
        beats.monitorIds.forEach((id, i) =>
          slots.push([paths.get(id) ?? '', Date.parse(beats.slots[i] ?? '')]),
        )
    },
  })
  await until('the subscriber is live', () => subscriber.isLive)
  await tell(target, '/forget')
  const began = Date.now()
  await pause(windowMs)
  const ended = Date.now()
  await pause(1500)
  subscriber.stop()
  const arrivals = await arrivalsOf(target)
  return slots
    .filter(([, slot]) => slot > began + 500 && slot < ended - 500)
    .map(([path, slot]) => {
      const arrived = (arrivals[path] ?? []).find((at) => at >= slot - 5)
      return arrived === undefined ? Infinity : Math.max(0, arrived - slot)
    })
}

interface YardstickDatabase {
  connection: string
  pids: number[]
}

/** 1,000 HTTP monitors every 20 s: on time, and how much dearer than the bare loop. */
export async function benchChecks(
  server: ServerProcess,
  database: YardstickDatabase,
  postmaster: number,
  windowMs: number,
): Promise<void> {
  const target = await startChild('target-process.ts', [])
  report({
    what: 'Idle memory of the server process',
    value: residentMb(server.pid),
    unit: 'MB',
    bar: { most: 150 },
  })
  const paths = await addMonitors(server, target)
  await pause(INTERVAL_MS)
  const lateness = await measureLateness(server, target, paths, windowMs)
  const expected = (MONITORS * windowMs) / INTERVAL_MS
  report({
    what: 'Checks in the window',
    value: lateness.length,
    unit: `of about ${expected}`,
    bar: { least: expected * 0.9 },
  })
  report({ what: 'Lateness p50', value: percentile(lateness, 0.5), unit: 'ms' })
  report({
    what: 'Lateness p99',
    value: percentile(lateness, 0.99),
    unit: 'ms',
    bar: { most: 250 },
  })
  const ours = await cpuPerThousand([server.pid, postmaster], target, windowMs)
  await benchRestart(server, target)
  await server.kill()

  await tell(target, '/forget')
  const yardstick = await startChild('yardstick-process.ts', [
    target.firstLine,
    database.connection,
    String(MONITORS),
    String(INTERVAL_MS),
  ])
  await pause(INTERVAL_MS)
  const bare = await cpuPerThousand([yardstick.pid, ...database.pids], target, windowMs)
  yardstick.stop()
  report({ what: 'CPU per 1,000 checks, bare loop', value: bare, unit: 's' })
  report({ what: 'CPU per 1,000 checks, server and PostgreSQL', value: ours, unit: 's' })
  report({ what: 'CPU ratio', value: ours / bare, unit: 'x', bar: { most: 2.5 } })
  target.stop()
}

/** kill -9 and a new start: how long until every monitor has been checked again. */
async function benchRestart(server: ServerProcess, target: Child): Promise<void> {
  await server.kill()
  await tell(target, '/forget')
  const startMs = await server.launch()
  const readyAt = Date.now()
  report({ what: 'Start to ready after a kill', value: startMs, unit: 'ms' })
  await until(
    'all are checked again',
    async () => Object.keys(await arrivalsOf(target)).length >= MONITORS,
    { withinMs: 60_000, everyMs: 200 },
  )
  const intervals = (Date.now() - readyAt) / INTERVAL_MS
  report({
    what: 'After a restart all checked within',
    value: intervals,
    unit: 'intervals',
    bar: { most: 1.02 },
  })
}
