import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, fstatSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import path from 'node:path'
import pg from 'pg'
import { AppError } from '../../lib/app-error.ts'
import { logSince, spawnOptions, SUPERUSER } from './cluster.ts'
import type { Places } from './places.ts'
import { isAlive, isStartedWith, pidIn } from './processes.ts'

export const SOCKET_PORT = 5432
const BIGGEST_LOG = 5_000_000
const START_PATIENCE_MS = 60_000
const LOCK_PATIENCE_MS = 30_000
const ADOPT_PATIENCE_MS = 15_000
/** Locks of a dead postmaster, or its memory while its last children leave. */
const LOCK_TROUBLE = /lock file|postmaster\.pid|pre-existing shared memory|in use/

/** A durable server for one application on one machine, quiet when idle. */
const SETTINGS: Record<string, string> = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '60',
  shared_buffers: '128MB',
  work_mem: '8MB',
  maintenance_work_mem: '64MB',
  effective_cache_size: '1GB',
  wal_level: 'minimal',
  max_wal_senders: '0',
  wal_compression: 'on',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  max_worker_processes: '4',
  max_parallel_workers_per_gather: '0',
  log_checkpoints: 'off',
  log_min_error_statement: 'panic',
  timezone: 'UTC',
  log_timezone: 'UTC',
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export interface Running {
  pid: number
  /** The process, when it is a child of ours and not adopted. */
  child: ChildProcess | undefined
}

/** Whether the server of these places answers its superuser. */
export async function answers(places: Places, password: string): Promise<boolean> {
  const client = new pg.Client({
    host: places.socket,
    port: SOCKET_PORT,
    user: SUPERUSER,
    password,
    database: 'postgres',
    connectionTimeoutMillis: 2000,
  })
  client.on('error', () => undefined)
  try {
    await client.connect()
    const { rows } = await client.query<{ d: string }>("select current_setting('data_directory') d")
    return rows[0]?.d === places.cluster
  } catch {
    return false
  } finally {
    await client.end().catch(() => undefined)
  }
}

const pidFile = (places: Places): string => path.join(places.cluster, 'postmaster.pid')

/** The pid of a living server of this very cluster. */
export function livingPostmaster(places: Places): number | undefined {
  const pid = pidIn(pidFile(places))
  return pid && isAlive(pid) && isStartedWith(pid, places.cluster) ? pid : undefined
}

/** A server that outlived its parent is taken over; undefined when there is none, or it ends meanwhile. */
export async function adopt(places: Places, password: string): Promise<Running | undefined> {
  const pid = livingPostmaster(places)
  const end = Date.now() + ADOPT_PATIENCE_MS
  while (pid && isAlive(pid) && Date.now() < end) {
    if (await answers(places, password)) return { pid, child: undefined }
    await wait(25)
  }
  return undefined
}

function openLog(places: Places): { handle: number; from: number } {
  try {
    if (statSync(places.log).size > BIGGEST_LOG) renameSync(places.log, `${places.log}.1`)
  } catch {
    // No log yet.
  }
  const handle = openSync(places.log, 'a', 0o600)
  return { handle, from: fstatSync(handle).size }
}

function spawnPostgres(places: Places, programs: string): { child: ChildProcess; from: number } {
  const { handle, from } = openLog(places)
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const args = ['-D', places.cluster, '-p', String(SOCKET_PORT), '-k', places.socket, ...settings]
  const child = spawn(path.join(programs, 'postgres'), args, {
    ...spawnOptions(places),
    stdio: ['ignore', handle, handle],
    // Ctrl-C at the terminal is ours to handle: the database stops after the server has drained.
    detached: process.platform !== 'win32',
  })
  closeSync(handle)
  return { child, from }
}

/** Removes locks that no living server of this cluster holds. */
function removeStaleLocks(places: Places): void {
  for (const file of [pidFile(places), path.join(places.socket, `.s.PGSQL.${SOCKET_PORT}.lock`)]) {
    const pid = pidIn(file)
    if (pid && (!isAlive(pid) || !isStartedWith(pid, places.cluster))) rmSync(file, { force: true })
  }
}

async function startOnce(
  places: Places,
  programs: string,
  password: string,
): Promise<Running | string> {
  const { child, from } = spawnPostgres(places, programs)
  let ending: string | undefined
  child.on('exit', (code, signal) => (ending = `exit ${code ?? signal}`))
  child.on('error', (error) => (ending = error.message))
  for (const end = Date.now() + START_PATIENCE_MS; Date.now() < end; await wait(10)) {
    if (ending !== undefined) return `${ending}\n${logSince(places, from)}`
    if (await answers(places, password)) return { pid: child.pid!, child }
  }
  child.kill('SIGQUIT')
  return `It did not answer within ${START_PATIENCE_MS / 1000} s.\n${logSince(places, from)}`
}

/** Starts the server; while the locks or the memory of a dead one are in the way, again for 30 s. */
export async function startPostmaster(
  places: Places,
  programs: string,
  password: string,
): Promise<Running> {
  for (const end = Date.now() + LOCK_PATIENCE_MS; ; await wait(50)) {
    const result = await startOnce(places, programs, password)
    if (typeof result !== 'string') return result
    if (Date.now() > end || !LOCK_TROUBLE.test(result))
      throw new AppError(
        'UNAVAILABLE',
        `The embedded PostgreSQL did not start: ${result.trim().slice(-1200)}`,
      )
    removeStaleLocks(places)
  }
}

/** Stops it cleanly (fast shutdown), and waits until it is gone. */
export async function stopPostmaster({ pid, child }: Running): Promise<void> {
  try {
    process.kill(pid, 'SIGINT')
  } catch {
    return
  }
  for (const end = Date.now() + LOCK_PATIENCE_MS; Date.now() < end; await wait(10)) {
    const hasEnded = child ? child.exitCode !== null || child.signalCode !== null : !isAlive(pid)
    if (hasEnded) return
  }
  process.kill(pid, 'SIGQUIT')
}

/** A shell that waits for the end of its input, which is our end however we end, and then stops the server. */
export function watchParent(pid: number): ChildProcess | undefined {
  if (process.platform === 'win32') return undefined
  const script = 'trap "" INT TERM HUP; read _; kill -INT "$1" 2>/dev/null'
  const dog = spawn('/bin/sh', ['-c', script, 'allswell-watchdog', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    env: {},
  })
  dog.on('error', () => undefined)
  dog.stdin?.on('error', () => undefined)
  dog.unref()
  return dog
}
