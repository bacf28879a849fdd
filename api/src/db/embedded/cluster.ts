import { spawn } from 'node:child_process'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { AppError } from '../../lib/app-error.ts'
import { syncFolder } from '../../lib/durable-file.ts'
import { POSTGRES_MAJOR } from './binaries.ts'
import type { Places } from './places.ts'

/** The bootstrap superuser: it makes the roles and is not used again. */
export const SUPERUSER = 'allswell'

/** PostgreSQL has a locale of its own, which no update of a system library can change under an index. */
const LOCALE = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']

/** Whether there is a cluster. Throws UNAVAILABLE when it is one that these programs can't open. */
export function isMade({ cluster }: Places): boolean {
  const file = path.join(cluster, 'PG_VERSION')
  if (!existsSync(file)) return false
  const version = readFileSync(file, 'utf8').trim()
  if (version === String(POSTGRES_MAJOR)) return true
  throw new AppError(
    'UNAVAILABLE',
    `The database in ${cluster} is of PostgreSQL ${version}, but this version of Allswell brings ${POSTGRES_MAJOR}. ` +
      `Dump it with a version that brings ${version}, and load the dump into a new data folder.`,
  )
}

export interface SpawnOptions {
  uid?: number
  gid?: number
  cwd: string
  env: Record<string, string>
}

/** How a program of PostgreSQL is started: as the right account, from a folder that it can be in. */
export function spawnOptions({ account }: Pick<Places, 'account'>): SpawnOptions {
  // Nothing of our own environment: it holds secrets, and variables such as PGDATA would lead astray.
  const env = { LC_ALL: 'C', PGTZ: 'UTC', TZ: 'UTC', PATH: '/usr/bin:/bin' }
  return { ...(account ? { uid: account.uid, gid: account.gid } : {}), cwd: '/', env }
}

interface Ending {
  code: number | null
  output: string
}

function run(program: string, args: string[], options: SpawnOptions): Promise<Ending> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    const keep = (chunk: Buffer): void => void (output += chunk.toString())
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}

/**
 * Makes the cluster in a folder beside its place and renames it at the end, so that a cluster that was half made
 * when the power failed is never taken for one.
 */
export async function makeCluster(
  places: Places,
  programs: string,
  password: string,
): Promise<void> {
  const half = `${places.cluster}.half`
  const passwordFile = path.join(places.socket, 'password')
  try {
    for (const rest of [half, passwordFile]) rmSync(rest, { recursive: true, force: true })
    mkdirSync(half, { mode: 0o700 })
    writeFileSync(passwordFile, password, { mode: 0o600, flag: 'wx' })
    const { account } = places
    if (account)
      for (const place of [half, passwordFile]) chownSync(place, account.uid, account.gid)
    await initialise(places, programs, half, passwordFile)
    renameSync(half, places.cluster)
    syncFolder(places.home)
  } finally {
    rmSync(passwordFile, { force: true })
  }
}

async function initialise(
  places: Places,
  programs: string,
  folder: string,
  passwordFile: string,
): Promise<void> {
  const who = ['-U', SUPERUSER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
  const how = ['-E', 'UTF8', '--data-checksums', ...LOCALE]
  const initdb = path.join(programs, 'initdb')
  const { code, output } = await run(initdb, ['-D', folder, ...who, ...how], spawnOptions(places))
  if (code === 0) return
  throw new AppError('UNAVAILABLE', `The database could not be made: ${output.trim().slice(-800)}`)
}
