// `npm run demo`: a living dashboard in one command. Everything is real but the past.
import 'reflect-metadata'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type App, startApp } from '../app.ts'
import { ConfigError, processEnvironment, readConfig } from '../config/index.ts'
import { generateHistory } from '../history/index.ts'
import { AppError } from '../lib/app-error.ts'
import { systemClock } from '../lib/clock.ts'
import { createLog } from '../lib/pino-log.ts'
import { refillRings } from '../monitors/index.ts'
import { demoMonitors } from './demo/demo-monitors.ts'
import { type DemoPerson, inviteDemoPeople } from './demo/demo-people.ts'
import { startDemoServices } from './demo/services.ts'

const DAYS = 90
const SEED = 7
const webFolder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../web/dist')

async function fill(app: App, wishes: ReturnType<typeof demoMonitors>): Promise<void> {
  const { workspaceId } = app.actor
  const monitors = []
  for (const wish of wishes) {
    const { character, ...input } = wish
    const monitorId = await app.monitors.create(app.actor, input)
    monitors.push({ monitorId, intervalSeconds: Math.max(30, wish.intervalSeconds), character })
  }
  await generateHistory(app.database, {
    workspaceId,
    monitors,
    days: DAYS,
    now: Date.now(),
    seed: SEED,
  })
  await refillRings(app.database, workspaceId)
}

const inWords = ({ email, password, role }: DemoPerson): string =>
  `  Sign in as ${email} with ${password} (${role})`

async function main(): Promise<void> {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'allswell-demo-'))
  // The account that runs PostgreSQL must be able to walk in.
  chmodSync(dataFolder, 0o711)
  const environment = {
    LOG_LEVEL: 'warn',
    ...processEnvironment(),
    ALLSWELL_DATA: dataFolder,
    DATABASE_URL: '',
  }
  const config = readConfig(environment, { workingFolder: process.cwd(), webFolder })
  const log = createLog({ level: config.logLevel, format: config.logFormat })
  const services = await startDemoServices()
  console.log('  ✓ Start six small services on loopback')
  const app = await startApp({
    config,
    log,
    clock: systemClock,
    onStep: (text) => console.log(`  ✓ ${text}`),
  })
  const people = await inviteDemoPeople(app.accounts)
  console.log('  ✓ Set up its owner, and let in somebody who may only look')
  await fill(app, demoMonitors(services))
  console.log(`  ✓ Invent ${DAYS} days of history`)
  console.log(
    `\n  The demo is at http://localhost:${app.port}\n${people.map(inWords).join('\n')}\n`,
  )

  const stop = async (): Promise<void> => {
    await app.stop()
    await services.stop()
    rmSync(dataFolder, { recursive: true, force: true })
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop())
}

main().catch((error: unknown) => {
  const isForeseen = error instanceof AppError || error instanceof ConfigError
  console.error(isForeseen ? error.message : error)
  process.exit(1)
})
