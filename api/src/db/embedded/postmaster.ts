import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../../lib/app-error.ts'
import { spawnOptions } from './cluster.ts'
import type { Places } from './places.ts'
import { ask, SOCKET_PORT } from './probe.ts'
import { isAlive, isStartedWith, isZombie, pidIn, processesIn, signal } from './processes.ts'
import { logSince, openLog } from './server-log.ts'
import { markOf, settingArguments } from './server-settings.ts'

/** Recovery after a crash can take long; while the process lives there is hope. */
const START_PATIENCE_MS = 300_000
const LOCK_PATIENCE_MS = 30_000
/** The line of postmaster.pid that holds the server's state. */
const STATUS_LINE = 7
const ADOPT_PATIENCE_MS = 15_000
/** What a dead server left behind may take this long to go by itself. */
const LATE_MS = 700
/** Locks of a dead postmaster, or its memory while its last children leave. */
const LOCK_TROUBLE = /lock file|postmaster\.pid|pre-existing shared memory|in use/

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

export interface Running {
  pid: number
  /** The process, when it is a child of ours and not adopted. */
  child: ChildProcess | undefined
}

/** What a server is started from. */
export interface Ground {
  places: Places
  /** The folder of PostgreSQL's programs. */
  programs: string
  password: string
}

const pidFile = ({ cluster }: Places): string => path.join(cluster, 'postmaster.pid')
const socketOf = ({ socket }: Places): string => path.join(socket, `.s.PGSQL.${SOCKET_PORT}`)

/** Whether the socket is where clients look for it. */
export const hasSocket = (places: Places): boolean => existsSync(socketOf(places))

/** What a server says of itself in its lock file; asking it while it starts would only fill its log. */
function isReady(places: Places): boolean {
  try {
    return readFileSync(pidFile(places), 'utf8').split('\n')[STATUS_LINE]?.trim() === 'ready'
  } catch {
    return false
  }
}

/** The pid of a living server of this very cluster. */
export function livingPostmaster(places: Places): number | undefined {
  const pid = pidIn(pidFile(places))
  return pid && isAlive(pid) && isStartedWith(pid, places.cluster) !== false ? pid : undefined
}

/**
 * Takes over a server that outlived its parent. Undefined when there is none, when it ends meanwhile, or when it was
 * started with other programs or settings, and had to be stopped for that.
 */
export async function adopt({ places, programs, password }: Ground): Promise<Running | undefined> {
  const pid = livingPostmaster(places)
  if (!pid) return undefined
  const running = { pid, child: undefined }
  for (const end = Date.now() + ADOPT_PATIENCE_MS; isAlive(pid) && Date.now() < end;) {
    const answer = isReady(places) ? await ask(places, password) : undefined
    if (answer?.is === 'locked') throw wrongSecret(places)
    if (answer?.is === 'ready') {
      if (answer.mark === markOf(programs)) return running
      await stopPostmaster(running)
      return undefined
    }
    await wait(10)
  }
  return undefined
}

function wrongSecret({ secret, cluster }: Places): AppError {
  return new AppError(
    'UNAVAILABLE',
    `The secret in ${secret} does not open the database in ${cluster}. Restore the one it was made with.`,
  )
}

function spawnPostgres({ places, programs }: Ground): { child: ChildProcess; from: number } {
  const { handle, from } = openLog(places)
  const where = ['-D', places.cluster, '-p', String(SOCKET_PORT), '-k', places.socket]
  const child = spawn(path.join(programs, 'postgres'), [...where, ...settingArguments(programs)], {
    ...spawnOptions(places),
    stdio: ['ignore', handle, handle],
    // Ctrl-C at the terminal is ours to handle: the database stops after the server has drained.
    detached: true,
  })
  closeSync(handle)
  return { child, from }
}

/** Removes locks of a zombie or of somebody else's process; PostgreSQL itself sees to those of the dead. */
function removeStrangeLocks(places: Places, isLate: boolean): void {
  for (const file of [pidFile(places), `${socketOf(places)}.lock`]) {
    const pid = pidIn(file)
    const isStrange = pid && (isZombie(pid) || isStartedWith(pid, places.cluster) === false)
    // A lock without a pid is of a server that begins, or was half written when the power failed.
    if (isStrange || (!pid && isLate)) rmSync(file, { force: true })
  }
}

/** Ends what a dead server left behind: a child that computes does not notice that its server is gone. */
function endLeftovers(places: Places): void {
  if (livingPostmaster(places)) return
  for (const pid of processesIn(places.cluster, 'postgres')) signal(pid, 'SIGQUIT')
}

async function startOnce(ground: Ground): Promise<Running | string> {
  const { places, password } = ground
  const { child, from } = spawnPostgres(ground)
  let ending: string | undefined
  child.on('exit', (code, name) => (ending = `exit ${code ?? name}`))
  child.on('error', (error) => (ending = error.message))
  for (const end = Date.now() + START_PATIENCE_MS; Date.now() < end; await wait(5)) {
    if (ending !== undefined) return `${ending}\n${logSince(places, from)}`
    const answer = isReady(places) ? await ask(places, password) : undefined
    if (answer?.is === 'ready') return { pid: child.pid!, child }
    if (answer?.is === 'locked') {
      await stopPostmaster({ pid: child.pid!, child })
      throw wrongSecret(places)
    }
  }
  child.kill('SIGQUIT')
  return `It did not answer within ${START_PATIENCE_MS / 1000} s.\n${logSince(places, from)}`
}

/**
 * Starts the server; while the locks or the memory of a dead one are in the way, again for 30 s. Throws UNAVAILABLE
 * with the end of PostgreSQL's log.
 */
export async function startPostmaster(ground: Ground, stopped?: AbortSignal): Promise<Running> {
  const began = Date.now()
  for (;;) {
    const result = await startOnce(ground)
    if (typeof result !== 'string') return result
    const triedMs = Date.now() - began
    if (stopped?.aborted || triedMs > LOCK_PATIENCE_MS || !LOCK_TROUBLE.test(result))
      throw new AppError(
        'UNAVAILABLE',
        `The embedded PostgreSQL did not start: ${result.trim().slice(-1200)}`,
      )
    const isLate = triedMs > LATE_MS
    removeStrangeLocks(ground.places, isLate)
    if (isLate) endLeftovers(ground.places)
    await wait(50)
  }
}

/** Stops it cleanly (fast shutdown), and waits until it is gone. */
export async function stopPostmaster({ pid, child }: Running): Promise<void> {
  const hasEnded = (): boolean =>
    child ? child.exitCode !== null || child.signalCode !== null : !isAlive(pid)
  if (hasEnded()) return
  signal(pid, 'SIGINT')
  for (const end = Date.now() + LOCK_PATIENCE_MS; Date.now() < end; await wait(10))
    if (hasEnded()) return
  signal(pid, 'SIGQUIT')
}
