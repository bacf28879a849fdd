import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
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
import { SYNC_METHOD } from './server-settings.ts'

/** The bootstrap superuser: it makes the roles and is not used again. */
export const SUPERUSER = 'allswell'

const HALF = 'pgdata.half-'

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
  removeHalves(places)
  const half = path.join(places.home, `${HALF}${randomBytes(4).toString('hex')}`)
  const passwordFile = path.join(places.socket, 'password')
  try {
    rmSync(passwordFile, { force: true })
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
    removeHalves(places)
  }
}

/** An initdb whose parent was killed may still be at work in one: that one stays for later. */
function removeHalves({ home }: Places): void {
  for (const name of readdirSync(home)) {
    if (!name.startsWith(HALF)) continue
    try {
      rmSync(path.join(home, name), { recursive: true, force: true })
    } catch {
      // Somebody wrote into it meanwhile.
    }
  }
}

async function initialise(
  places: Places,
  programs: string,
  folder: string,
  passwordFile: string,
): Promise<void> {
  const who = ['-U', SUPERUSER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
  const how = ['-E', 'UTF8', '--data-checksums', `--sync-method=${SYNC_METHOD}`, ...LOCALE]
  const initdb = path.join(programs, 'initdb')
  const { code, output } = await run(initdb, ['-D', folder, ...who, ...how], spawnOptions(places))
  if (code === 0) return
  throw new AppError('UNAVAILABLE', `The database could not be made: ${output.trim().slice(-800)}`)
}
