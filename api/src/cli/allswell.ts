// `npm run allswell -- <command>`: what the one who runs the server does to people and keys.
import 'reflect-metadata'
import path from 'node:path'
import { openAccounts } from '../accounts/index.ts'
import { type Config, ConfigError, processEnvironment, readConfig } from '../config/index.ts'
import { makeDataFolder, openDatabase } from '../db/index.ts'
import { entities } from '../entities.ts'
import { AppError } from '../lib/app-error.ts'
import { systemClock } from '../lib/clock.ts'
import { silentLog } from '../lib/log.ts'
import { openSecretBox } from '../lib/secret-box.ts'
import { BACKUP_COMMANDS } from './allswell/backup-commands.ts'
import { rotateSecrets } from './allswell/rotate-secrets.ts'
import { HELP, readWish, UsageError, type Wish } from './allswell/usage.ts'
import { ACCOUNT_COMMANDS, type Terminal } from './allswell/account-commands.ts'

const FAILED = 1
const MISUSED = 2
const LONGEST_INPUT = 10_000

const terminal: Terminal = {
  print: (text) => console.log(text),
  tell: (text) => console.error(text),
  readInput: async () => {
    let input = ''
    for await (const part of process.stdin) {
      input += String(part)
      if (input.length > LONGEST_INPUT) throw new AppError('LIMIT', 'This input is too long.')
    }
    return input.replace(/\r?\n$/, '')
  },
}

function webUrlOf(config: Config, given: string | undefined): string {
  const url = given ?? config.publicUrl ?? `http://localhost:${config.port || 3000}`
  if (/^https?:\/\//.test(url) && URL.canParse(url)) return url
  throw new UsageError(`--url is ${url}, but must look like https://status.example.com`)
}

/** Runs what needs the room of the accounts, on the database of the running server or on one of its own. */
async function withAccounts(config: Config, wish: Wish): Promise<void> {
  const webUrl = webUrlOf(config, wish.options.url)
  const dataFolder = makeDataFolder(config.dataFolder)
  const place = { ...config, dataFolder }
  const log = silentLog
  const onStep = terminal.tell
  const database = await openDatabase({ config: place, entities, log, onStep, mayAttach: true })
  try {
    const secretBox = openSecretBox(dataFolder, config)
    const ground = { database, secretBox, clock: systemClock, log, setUpToken: undefined }
    await ACCOUNT_COMMANDS[wish.command]!(openAccounts(ground), wish, terminal, webUrl)
  } finally {
    await database.close()
  }
}

async function main(args: readonly string[]): Promise<void> {
  const wish = readWish(args)
  if (wish.command === 'help') return terminal.print(HELP)
  const workingFolder = process.cwd()
  const config = readConfig(processEnvironment(), { workingFolder, webFolder: workingFolder })
  const backup = Object.hasOwn(BACKUP_COMMANDS, wish.command) && BACKUP_COMMANDS[wish.command]
  // npm runs us in the folder of the project: what was typed is meant from where it was typed.
  const typedIn = processEnvironment()['INIT_CWD'] ?? workingFolder
  if (backup) return backup(config, { ...wish, file: path.resolve(typedIn, wish.file!) }, terminal)
  if (wish.command !== 'secrets rotate') return withAccounts(config, wish)
  const count = await rotateSecrets(config, terminal.tell)
  terminal.tell(`There is a new master key; ${count} rows with secrets are sealed with it.`)
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const isForeseen = [AppError, ConfigError, UsageError].some((kind) => error instanceof kind)
  console.error(isForeseen ? (error as Error).message : error)
  if (error instanceof UsageError) console.error('See: npm run allswell -- help')
  process.exitCode = error instanceof UsageError ? MISUSED : FAILED
})
