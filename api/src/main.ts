import 'reflect-metadata'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { startApp } from './app.ts'
import { ConfigError, processEnvironment, readConfig } from './config/index.ts'
import { AppError } from './lib/app-error.ts'
import { systemClock } from './lib/clock.ts'
import { createLog } from './lib/pino-log.ts'

const here = path.dirname(fileURLToPath(import.meta.url))
const places = { workingFolder: process.cwd(), webFolder: path.resolve(here, '../../web/dist') }

/** What a person needs to know of a start that failed: the sentence for what we foresaw, all of it otherwise. */
function explain(error: unknown): string {
  if (error instanceof ConfigError || error instanceof AppError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

async function main(): Promise<void> {
  const config = readConfig(processEnvironment(), places)
  const log = createLog({ level: config.logLevel, format: config.logFormat })
  process.on('unhandledRejection', (error) =>
    log.error({ err: error }, 'A failure that nobody awaited'),
  )
  const began = performance.now()
  const onStep = (text: string): void => console.log(`  ✓ ${text}`)
  const app = await startApp({ config, log, clock: systemClock, onStep })
  console.log(
    `  ✓ Serve (${((performance.now() - began) / 1000).toFixed(1)} s)\n\n  Allswell is at http://${config.host === '::1' ? '[::1]' : config.host}:${app.port}\n`,
  )

  let isStopping = false
  const stop = (signal: string): void => {
    if (isStopping) return process.exit(1)
    isStopping = true
    log.info({ signal }, 'Stopping')
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'The stop failed')
        process.exit(1)
      },
    )
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stop(signal))
}

main().catch((error: unknown) => {
  console.error(`\nAllswell did not start.\n${explain(error)}\n`)
  process.exit(1)
})
