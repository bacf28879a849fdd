import { graphql } from '../harness/graphql.ts'
import type { ServerProcess } from '../harness/server-process.ts'
import { startChild } from './children.ts'
import { report } from './figures.ts'

const CREATE = `mutation ($input: CreateMonitorInput!) {
  createMonitor(input: $input) { monitor { pushUrl pingUrl } userErrors { message } } }`

interface Made {
  createMonitor: { monitor: { pushUrl: string; pingUrl: string } }
}

interface Load {
  acknowledged: number
  refused: number
  seconds: number
  p50Ms: number
  p99Ms: number
}

/** Pushes and pings acknowledged after their commit, over 32 connections to 32 monitors. */
export async function benchPushes(server: ServerProcess, seconds: number): Promise<void> {
  const monitors = await Promise.all(
    Array.from({ length: 32 }, async (_, i) => {
      const input = {
        name: `Job ${i}`,
        intervalSeconds: 60,
        settings: { push: { periodSeconds: 60 } },
      }
      const made = await graphql<Made>(server.url, CREATE, { input })
      return made.createMonitor.monitor
    }),
  )
  const pushes = monitors.map(({ pushUrl }) => `${pushUrl}?status=up&msg=OK&ping=12`)
  await benchDoor(server, seconds, 'Pushes', pushes)
  const pings = monitors.map(({ pingUrl }) => pingUrl)
  await benchDoor(server, seconds, 'Pings through the Healthchecks URL', pings)
}

async function benchDoor(
  server: ServerProcess,
  seconds: number,
  what: string,
  paths: string[],
): Promise<void> {
  await run(server, 2, paths)
  const load = await run(server, seconds, paths)
  report({
    what: `${what} acknowledged durably at 32 connections`,
    value: load.acknowledged / load.seconds,
    unit: 'a second',
    bar: { least: 2000 },
    note: `p50 ${load.p50Ms.toFixed(1)} ms`,
  })
  report({ what: `${what}: p99`, value: load.p99Ms, unit: 'ms', bar: { most: 250 } })
  report({ what: `${what} refused`, value: load.refused, unit: '', bar: { most: 0 } })
}

async function run(server: ServerProcess, seconds: number, paths: string[]): Promise<Load> {
  const child = await startChild('push-load-process.ts', [
    String(server.port),
    '32',
    String(seconds),
    ...paths,
  ])
  return JSON.parse(await child.output) as Load
}
