import { afterAll, beforeAll, expect, it } from 'vitest'
import { createMonitor, graphql } from '../harness/graphql.ts'
import { ServerProcess, until } from '../harness/server-process.ts'
import { TargetService } from '../harness/target-service.ts'
import { isLong, pause } from './random.ts'

const STOPPED_MS = isLong ? 120_000 : 15_000
const MONITORS = 20

interface Shown {
  monitors: {
    nodes: {
      status: string
      stateSpans: { status: string; from: string; to: string | null }[]
      recentHeartbeats: { status: string }[]
    }[]
  }
}

let server: ServerProcess
let target: TargetService

beforeAll(async () => {
  ;[server, target] = await Promise.all([ServerProcess.start(), TargetService.start()])
  for (let i = 0; i < MONITORS; i++)
    await createMonitor(server.url, {
      name: `Monitor ${i}`,
      intervalSeconds: 1,
      failAfter: 1,
      settings: { http: { url: target.url } },
    })
})
afterAll(async () => {
  await server.stop()
  await target.close()
})

const look = () =>
  graphql<Shown>(
    server.url,
    '{ monitors(first: 100) { nodes { status stateSpans { status from to } recentHeartbeats(limit: 50) { status } } } }',
  )

it(`a server that stood still for ${STOPPED_MS / 1000} s shows unknown time, no outage, and no burst of checks`, async () => {
  await until('all are up', async () =>
    (await look()).monitors.nodes.every((n) => n.status === 'UP'),
  )
  await pause(1_000)
  server.signal('SIGSTOP')
  const stoppedAt = Date.now()
  await pause(STOPPED_MS)
  const before = target.requests
  server.signal('SIGCONT')
  const resumedAt = Date.now()
  await pause(1_500)
  const burst = target.requests - before
  // At most each monitor once for the time that was missed, and once or twice for the time since.
  expect(burst).toBeLessThanOrEqual(MONITORS * 4)

  await until('all are up again', async () =>
    (await look()).monitors.nodes.every((n) => n.status === 'UP'),
  )
  for (const { stateSpans, recentHeartbeats } of (await look()).monitors.nodes) {
    const statuses = stateSpans.map((span) => span.status)
    expect(statuses).not.toContain('DOWN')
    expect(recentHeartbeats.map((beat) => beat.status)).not.toContain('DOWN')
    const unknown = stateSpans.find((span) => span.status === 'UNKNOWN')
    const lasted = Date.parse(unknown?.to ?? '') - Date.parse(unknown?.from ?? '')
    expect(lasted).toBeGreaterThan((resumedAt - stoppedAt) * 0.7)
  }
})
