import { createMonitor } from '../harness/graphql.ts'
import { LiveSubscriber } from '../harness/live-subscriber.ts'
import { until, type ServerProcess } from '../harness/server-process.ts'
import { addMonitors, pause, tell } from './checks.bench.ts'
import { startChild } from './children.ts'
import { percentile, report } from './figures.ts'

const SUBSCRIBERS = 500
const ROUNDS = 10

/** From the failing answer that confirms an outage to the event at each of 500 subscribers, with 200 monitors ticking. */
export async function benchLive(server: ServerProcess): Promise<void> {
  const target = await startChild('target-process.ts', [])
  await addMonitors(server, target, 200)
  const id = await createMonitor(server.url, {
    name: 'Watched',
    intervalSeconds: 1,
    failAfter: 1,
    recoverAfter: 1,
    settings: { http: { url: `http://127.0.0.1:${target.firstLine}/m/watched` } },
  })
  const heardDown = new Map<LiveSubscriber, number>()
  const began = performance.now()
  const subscribers: LiveSubscriber[] = []
  for (let i = 0; i < SUBSCRIBERS; i++) {
    const subscriber: LiveSubscriber = new LiveSubscriber(server.url, {
      onBatch: (batch, at) => {
        if (batch.events.some((e) => e.monitorId === id && e.to === 'DOWN'))
          heardDown.set(subscriber, at)
        batch.events.length = 0
      },
    })
    subscribers.push(subscriber)
  }
  await until('all are live', () => subscribers.every((s) => s.isLive), { withinMs: 60_000 })
  report({
    what: `${SUBSCRIBERS} dashboards connect`,
    value: (performance.now() - began) / 1000,
    unit: 's',
    bar: { most: 10 },
  })

  const delays: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    heardDown.clear()
    await pause(1500)
    await tell(target, '/fail/m/watched')
    await until('all heard of it', () => heardDown.size === SUBSCRIBERS)
    const failedAt = Number(await (await tell(target, '/failed-at')).text())
    delays.push(...[...heardDown.values()].map((at) => at - failedAt))
    await tell(target, '/heal/m/watched')
  }
  report({
    what: 'Failure to event on 500 dashboards, p50',
    value: percentile(delays, 0.5),
    unit: 'ms',
  })
  report({
    what: 'Failure to event on 500 dashboards, p99',
    value: percentile(delays, 0.99),
    unit: 'ms',
    bar: { most: 100 },
  })
  for (const subscriber of subscribers) subscriber.stop()
  target.stop()
}
