import { graphql } from '../harness/graphql.ts'
import type { ServerProcess } from '../harness/server-process.ts'
import { startChild } from './children.ts'
import { report } from './figures.ts'

const CREATE = `mutation ($input: CreateMonitorInput!) {
  createMonitor(input: $input) { monitor { pushUrl } userErrors { message } } }`

interface Made {
  createMonitor: { monitor: { pushUrl: string } }
}

interface Load {
  acknowledged: number
  refused: number
  seconds: number
  p50Ms: number
  p99Ms: number
}

/** Pushes acknowledged after their commit, over 32 connections to 32 monitors. */
export async function benchPushes(server: ServerProcess, seconds: number): Promise<void> {
  const tokens = await Promise.all(
    Array.from({ length: 32 }, async (_, i) => {
      const input = {
        name: `Job ${i}`,
        intervalSeconds: 60,
        settings: { push: { periodSeconds: 60 } },
      }
      const made = await graphql<Made>(server.url, CREATE, { input })
      return made.createMonitor.monitor.pushUrl.split('/').at(-1) ?? ''
    }),
  )
  await run(server, 2, tokens)
  const load = await run(server, seconds, tokens)
  report({
    what: 'Pushes acknowledged durably at 32 connections',
    value: load.acknowledged / load.seconds,
    unit: 'a second',
    bar: { least: 2000 },
    note: `p50 ${load.p50Ms.toFixed(1)} ms, p99 ${load.p99Ms.toFixed(1)} ms`,
  })
  report({ what: 'Pushes refused', value: load.refused, unit: '', bar: { most: 0 } })
}

async function run(server: ServerProcess, seconds: number, tokens: string[]): Promise<Load> {
  const child = await startChild('push-load-process.ts', [
    String(server.port),
    '32',
    String(seconds),
    ...tokens,
  ])
  return JSON.parse(await child.output) as Load
}
