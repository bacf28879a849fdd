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
import type { Places } from './places.ts'

export const SUPERUSER = 'allswell'

/** PostgreSQL 17 and newer have a locale of their own that no system library can change under an index. */
const LOCALE = ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']

export function isMade(places: Places): boolean {
  return existsSync(path.join(places.cluster, 'PG_VERSION'))
}

/** How a program of PostgreSQL is started: as the right account, from a folder that it can be in. */
export function spawnOptions(places: Places): {
  uid?: number
  gid?: number
  cwd: string
  env: NodeJS.ProcessEnv
} {
  const { account } = places
  // Nothing of our own environment: it holds secrets, and variables such as PGDATA would lead astray.
  const env = { LC_ALL: 'C', PGTZ: 'UTC', PATH: '/usr/bin:/bin', TZ: 'UTC' }
  return { ...(account ? { uid: account.uid, gid: account.gid } : {}), cwd: '/', env }
}

function run(
  program: string,
  args: string[],
  places: Places,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...spawnOptions(places),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
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
  rmSync(half, { recursive: true, force: true })
  mkdirSync(half, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  const { account } = places
  if (account) for (const place of [half, passwordFile]) chownSync(place, account.uid, account.gid)
  const fixed = [
    '-D',
    half,
    '-U',
    SUPERUSER,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '-E',
    'UTF8',
  ]
  try {
    const { code, output } = await run(
      path.join(programs, 'initdb'),
      [...fixed, '--data-checksums', ...LOCALE],
      places,
    )
    if (code !== 0)
      throw new AppError(
        'UNAVAILABLE',
        `The database could not be made: ${output.trim().slice(-800)}`,
      )
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(half, places.cluster)
}

/** The last lines of PostgreSQL's log since `from` bytes. */
export function logSince(places: Places, from: number): string {
  try {
    return readFileSync(places.log).subarray(from).toString()
  } catch {
    return ''
  }
}
