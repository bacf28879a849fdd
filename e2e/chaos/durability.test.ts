import { readFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { graphql } from '../harness/graphql.ts'
import { historyDifferences } from '../harness/history-check.ts'
import { ServerProcess, until } from '../harness/server-process.ts'
import { isLong, pause, seededRandom } from './random.ts'

const JOBS = 6
const KILLS = isLong ? 20 : 4
const SEED = 20_261_123
const CREATE = `mutation ($input: CreateMonitorInput!) {
  createMonitor(input: $input) { monitor { id pushUrl } userErrors { path message } } }`
const BEATS = `query ($id: ID!, $after: String) { heartbeats(monitorId: $id, first: 500, after: $after) {
  nodes { message } pageInfo { hasNextPage endCursor } } }`

interface Made {
  createMonitor: { monitor: { id: string; pushUrl: string } }
}
interface Beats {
  heartbeats: {
    nodes: { message: string | null }[]
    pageInfo: { hasNextPage: boolean; endCursor: string }
  }
}

let server: ServerProcess
const jobs: { id: string; pushUrl: string; acknowledged: string[] }[] = []

/** Pushes without end, each with a message of its own; remembers what was acknowledged. */
async function push(job: (typeof jobs)[number], isDone: () => boolean): Promise<void> {
  for (let n = 0; !isDone(); n++) {
    const message = `${job.id}/${n}`
    const answer = await fetch(
      `${server.url}${job.pushUrl}?status=up&msg=${encodeURIComponent(message)}&ping=5`,
    ).catch(() => undefined)
    const isAcknowledged = await answer
      ?.text()
      .then((text) => answer.ok && text.includes('true'))
      .catch(() => false)
    if (isAcknowledged) job.acknowledged.push(message)
    else await pause(20)
  }
}

async function storedMessages(id: string): Promise<string[]> {
  const messages: string[] = []
  for (let after: string | null = null; ;) {
    const { heartbeats }: Beats = await graphql<Beats>(server.url, BEATS, { id, after })
    messages.push(...heartbeats.nodes.flatMap((n) => n.message ?? []))
    if (!heartbeats.pageInfo.hasNextPage) return messages
    after = heartbeats.pageInfo.endCursor
  }
}

const postmaster = () =>
  Number(readFileSync(path.join(server.dataFolder, 'pgdata/postmaster.pid'), 'utf8').split('\n')[0])

beforeAll(async () => {
  server = await ServerProcess.start()
  for (let i = 0; i < JOBS; i++) {
    const input = {
      name: `Job ${i}`,
      intervalSeconds: 60,
      settings: { push: { periodSeconds: 60 } },
    }
    const made = await graphql<Made>(server.url, CREATE, { input })
    jobs.push({ ...made.createMonitor.monitor, acknowledged: [] })
  }
})
afterAll(() => server.stop())

describe('an acknowledged push', () => {
  it(`survives ${KILLS} kill -9 of the server and of the postmaster`, async () => {
    const random = seededRandom(SEED)
    let isDone = false
    const pushing = jobs.map((job) => push(job, () => isDone))
    for (let kill = 0; kill < KILLS; kill++) {
      await pause(400 + random() * 1200)
      if (kill % 2 === 0) {
        await server.kill()
        await server.launch()
      } else {
        const before = jobs.reduce((sum, job) => sum + job.acknowledged.length, 0)
        process.kill(postmaster(), 'SIGKILL')
        const killedAt = Date.now()
        await until(
          'pushes are acknowledged again',
          () => jobs.reduce((sum, job) => sum + job.acknowledged.length, 0) > before + JOBS,
          { withinMs: 15_000 },
        )
        expect(Date.now() - killedAt).toBeLessThan(5000)
      }
    }
    isDone = true
    await Promise.all(pushing)
    for (const job of jobs) {
      const stored = await storedMessages(job.id)
      const missing = job.acknowledged.filter((message) => !stored.includes(message))
      expect(job.acknowledged.length).toBeGreaterThan(20)
      expect(missing).toEqual([])
      expect(new Set(stored).size).toBe(stored.length)
    }
    expect(await historyDifferences(server.dataFolder)).toEqual([])
  })
})
