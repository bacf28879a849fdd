import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createMonitor, graphql } from '../harness/graphql.ts'
import { type LiveBatch, LiveSubscriber } from '../harness/live-subscriber.ts'
import { ServerProcess, until } from '../harness/server-process.ts'
import { TargetService } from '../harness/target-service.ts'
import { keepChanging } from './constant-change.ts'
import { isLong, pause, seededRandom } from './random.ts'
import { extendLog, judge, type StreamLog } from './stream-checker.ts'

const SUBSCRIBERS = 50
const CUTS = isLong ? 300 : 80
const KILLS = isLong ? 5 : 2
const MONITORS = 20
const SEED = 4_711

/** Asks for pages of the log until it ends; a server that is away is asked again. */
async function recordLog(url: string, log: StreamLog): Promise<void> {
  for (let isComplete = false; !isComplete;) {
    const query =
      'query ($after: Cursor) { eventsSince(after: $after, limit: 1000) { cursor resync events { id } } }'
    const after = log.ids.at(-1) ?? log.start
    const answer = await graphql<{ eventsSince: LiveBatch }>(url, query, { after }).catch(
      () => undefined,
    )
    if (!answer) return
    extendLog(log, answer.eventsSince)
    isComplete = answer.eventsSince.events.length === 0
  }
}

let server: ServerProcess
let target: TargetService
let ids: string[]

beforeAll(async () => {
  ;[server, target] = await Promise.all([ServerProcess.start(), TargetService.start()])
  ids = []
  for (let i = 0; i < MONITORS; i++)
    ids.push(
      await createMonitor(server.url, {
        name: `Monitor ${i}`,
        intervalSeconds: 1,
        settings: { http: { url: target.url } },
      }),
    )
})
afterAll(async () => {
  await server.stop()
  await target.close()
})

interface Run {
  log: StreamLog
  subscribers: LiveSubscriber[]
}

/** Changes, cuts and kills; returns when every subscriber has heard the end of the log. */
async function runThroughChaos(isNaive: boolean, cuts: number, kills: number): Promise<Run> {
  const random = seededRandom(SEED)
  const { liveCursor: start } = await graphql<{ liveCursor: string }>(server.url, '{ liveCursor }')
  const log: StreamLog = { start, ids: [] }
  const subscribers = Array.from(
    { length: SUBSCRIBERS },
    () => new LiveSubscriber(server.url, { after: start, isNaive }),
  )
  const changes = keepChanging(() => server.url, ids)
  const killAt = new Set(
    Array.from({ length: kills }, (_, k) => Math.floor(((k + 1) * cuts) / (kills + 1))),
  )
  for (let cut = 0; cut < cuts; cut++) {
    await pause(20 + random() * 120)
    subscribers[Math.floor(random() * SUBSCRIBERS)]?.cut()
    if (cut % 10 === 0) await recordLog(server.url, log)
    if (!killAt.has(cut)) continue
    await server.kill()
    await pause(random() * 500)
    await server.launch()
  }
  await changes.stop()
  await graphql(
    server.url,
    'mutation ($input: PauseMonitorsInput!) { pauseMonitors(input: $input) { results { id } } }',
    { input: { ids } },
  )
  await settle(log, subscribers, isNaive)
  for (const subscriber of subscribers) subscriber.stop()
  await graphql(
    server.url,
    'mutation ($input: ResumeMonitorsInput!) { resumeMonitors(input: $input) { results { id } } }',
    { input: { ids } },
  )
  return { log, subscribers }
}

/** Waits until the log stands still and everybody has its end. */
async function settle(
  log: StreamLog,
  subscribers: LiveSubscriber[],
  isNaive: boolean,
): Promise<void> {
  await until('the log stands still', async () => {
    const before = log.ids.length
    await recordLog(server.url, log)
    await pause(1_500)
    await recordLog(server.url, log)
    return log.ids.length === before
  })
  const end = log.ids.at(-1)
  if (!isNaive)
    await until(
      'everybody has the end of the log',
      () => subscribers.every((s) => s.cursor === end),
      { withinMs: 40_000 },
    )
}

const judgements = ({ log, subscribers }: Run) =>
  subscribers.map((s, n) =>
    judge(log, { name: `subscriber ${n}`, from: log.start, batches: s.batches }),
  )

describe('the live stream', () => {
  it(`tells ${SUBSCRIBERS} subscribers the log, in order, none twice, over ${CUTS} cuts and ${KILLS} kill -9`, async () => {
    const run = await runThroughChaos(false, CUTS, KILLS)
    const verdicts = judgements(run)
    expect(run.subscribers.flatMap((s) => s.problems)).toEqual([])
    expect(run.log.ids.length).toBeGreaterThan(CUTS)
    expect(run.subscribers.reduce((sum, s) => sum + s.connections, 0)).toBeGreaterThan(
      SUBSCRIBERS + CUTS / 2,
    )
    expect(verdicts.flatMap((v) => v.faults)).toEqual([])
    expect(verdicts.reduce((sum, v) => sum + v.resyncs, 0)).toBe(0)
    for (const verdict of verdicts) expect(verdict.told).toBe(run.log.ids.length)
  })

  it('would be found out by the checker if clients began anew after a cut (negative control)', async () => {
    const verdicts = judgements(await runThroughChaos(true, 40, 1))
    expect(verdicts.filter((v) => v.faults.length > 0).length).toBeGreaterThan(5)
  })
})
