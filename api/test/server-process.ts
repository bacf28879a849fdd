import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { inject } from 'vitest'
import pg, { type ClientConfig } from 'pg'
import { canReach } from '../src/db/embedded/system-account.ts'

export interface Account {
  uid: number
  gid: number
}

const CHILD = fileURLToPath(new URL('./server-child.ts', import.meta.url))
const API = fileURLToPath(new URL('..', import.meta.url))
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

/** An ordinary account that a test run of root can start processes as; undefined when we are ordinary ourselves. */
export function ordinaryAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const nobody = { uid: 65534, gid: 65534, name: 'nobody' }
  return canReach(path.dirname(CHILD), nobody) ? nobody : undefined
}

const folders: string[] = []

/** A folder that `removeFolders` removes. */
export function temporaryFolder(name = 'allswell-db-', owner?: Account): string {
  const folder = mkdtempSync(path.join(tmpdir(), name))
  chmodSync(folder, 0o711)
  if (owner) chownSync(folder, owner.uid, owner.gid)
  folders.push(folder)
  return folder
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
}

/** A data folder with a cluster in it, made more quickly than by initdb. */
export function madeFolder(name?: string): string {
  const folder = temporaryFolder(name)
  execFileSync('cp', ['-a', `${inject('madeFolder')}/.`, folder])
  return folder
}

export interface Ready {
  postmaster: number
  cluster: string
  connection: ClientConfig
}

interface Fact {
  ready?: Ready
  error?: string
  log?: string
}

/** The embedded PostgreSQL under a process of its own. */
export class ServerProcess {
  readonly facts: Fact[] = []
  private readonly ended: Promise<unknown>

  private constructor(private readonly child: ChildProcess) {
    this.ended = once(child, 'close')
  }

  /** Starts it and waits until it serves. Throws with what it says when it fails. */
  static async start(
    dataFolder: string,
    options: { account?: Account | undefined; env?: Record<string, string> } = {},
  ): Promise<ServerProcess & { readonly ready: Ready }> {
    const started = ServerProcess.spawn(dataFolder, options)
    await started.settled()
    const failure = started.facts.find((fact) => fact.error)?.error
    if (failure) throw new Error(failure)
    return started as ServerProcess & { readonly ready: Ready }
  }

  /** Starts it without waiting for anything. */
  static spawn(
    dataFolder: string,
    { account, env = {} }: { account?: Account | undefined; env?: Record<string, string> } = {},
  ): ServerProcess {
    const child = spawn(process.execPath, ['--import', TSX, CHILD, dataFolder], {
      ...(account ? { uid: account.uid, gid: account.gid } : {}),
      cwd: API,
      env: { PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'], HOME: tmpdir(), ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const started = new ServerProcess(child)
    createInterface(child.stdout).on('line', (line) => started.facts.push(JSON.parse(line) as Fact))
    return started
  }

  get pid(): number {
    return this.child.pid!
  }

  get ready(): Ready | undefined {
    return this.facts.find((fact) => fact.ready)?.ready
  }

  get logged(): string[] {
    return this.facts.flatMap((fact) => (fact.log ? [fact.log] : []))
  }

  /** Until it serves, or has failed. */
  async settled(): Promise<void> {
    await until(() => this.facts.some((fact) => fact.ready ?? fact.error), 60_000)
  }

  /** Sends a signal and waits for the end of the process. */
  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
    this.child.kill(signal)
    await this.ended
  }
}

/** Waits for a condition. Throws when it does not come true in time. */
export async function until(
  isTrue: () => boolean | Promise<boolean>,
  patienceMs = 10_000,
): Promise<void> {
  const end = Date.now() + patienceMs
  while (!(await isTrue())) {
    if (Date.now() > end) throw new Error(`It did not come true within ${patienceMs} ms: ${isTrue}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

/** The watchdog of a postmaster. */
export function watchdogOf(postmaster: number): number | undefined {
  return readdirSync('/proc')
    .map(Number)
    .find((pid) => {
      try {
        const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')
        return args.includes('allswell-watchdog') && args.includes(String(postmaster))
      } catch {
        return false
      }
    })
}

/** Asks one question with a connection of its own. */
export async function askOnce<T extends object>(
  connection: ClientConfig,
  sql: string,
): Promise<T[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return (await client.query<T>(sql)).rows
  } finally {
    await client.end()
  }
}
