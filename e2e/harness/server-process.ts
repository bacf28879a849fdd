import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createToken, OWNER, setUp, signIn } from './accounts.ts'
import { type Credential, nobody, rememberCredential } from './credentials.ts'

export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

/** What `npm start` tells node: the server under test runs the same way. */
const startFlags: readonly string[] =
  (
    JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as {
      scripts: { start: string }
    }
  ).scripts.start.match(/--\S+/g) ?? []

/** Asks again and again until the answer is neither false nor undefined; fails after `withinMs`. */
export async function until<T>(
  what: string,
  ask: () => T | Promise<T>,
  { withinMs = 30_000, everyMs = 20 }: { withinMs?: number; everyMs?: number } = {},
): Promise<Exclude<T, undefined | false | null>> {
  const end = Date.now() + withinMs
  let problem = ''
  for (;;) {
    try {
      const answer = await ask()
      if (answer !== undefined && answer !== false && answer !== null)
        return answer as Exclude<T, undefined | false | null>
    } catch (error) {
      problem = error instanceof Error ? `: ${error.message}` : ''
    }
    if (Date.now() > end) throw new Error(`Not within ${withinMs} ms: ${what}${problem}`)
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A folder of its own that the account which runs PostgreSQL can walk into. */
export function temporaryFolder(prefix = 'allswell-e2e-'): string {
  const folder = mkdtempSync(path.join(tmpdir(), prefix))
  chmodSync(folder, 0o711)
  return folder
}

export interface ServerOptions {
  port?: number
  dataFolder?: string
  env?: Record<string, string>
  /** Extra arguments of node itself. */
  nodeArguments?: string[]
  /** Leaves a fresh server as it is: nobody has set it up. */
  isBare?: boolean
}

/** The real server as a process of its own, on a data folder of its own. */
export class ServerProcess {
  private child: ChildProcess | undefined
  output = ''
  /** The session of the owner in a browser. */
  session: Credential = nobody

  private constructor(
    readonly port: number,
    readonly dataFolder: string,
    private readonly ownsFolder: boolean,
    private readonly env: Record<string, string>,
    private readonly nodeArguments: string[],
    private readonly isBare: boolean,
  ) {}

  static async start(options: ServerOptions = {}): Promise<ServerProcess> {
    const server = await ServerProcess.prepare(options)
    await server.launch()
    return server
  }

  static async prepare(options: ServerOptions = {}): Promise<ServerProcess> {
    return new ServerProcess(
      options.port ?? (await freePort()),
      options.dataFolder ?? temporaryFolder(),
      options.dataFolder === undefined,
      options.env ?? {},
      options.nodeArguments ?? [],
      options.isBare ?? false,
    )
  }

  get url(): string {
    return `http://localhost:${this.port}`
  }

  get pid(): number {
    if (!this.child?.pid) throw new Error('The server is not running')
    return this.child.pid
  }

  get isRunning(): boolean {
    return (
      this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null
    )
  }

  /** Starts the process and waits until it says that it is ready. Answers the milliseconds that took. */
  async launch(): Promise<number> {
    const began = performance.now()
    this.output = ''
    const child = spawn(
      process.execPath,
      [...startFlags, ...this.nodeArguments, 'api/dist/server.js'],
      {
        cwd: projectRoot,
        env: {
          ...process.env,
          PORT: String(this.port),
          ALLSWELL_DATA: this.dataFolder,
          LOG_LEVEL: 'warn',
          ...this.env,
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      },
    )
    const keep = (chunk: Buffer) => (this.output = (this.output + chunk.toString()).slice(-40_000))
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    this.child = child
    const state = await until(
      `the server answers at ${this.url}`,
      async () => {
        if (!this.isRunning) return 'ended'
        return (await fetch(`${this.url}/readyz`)).ok && 'ready'
      },
      { withinMs: 60_000, everyMs: 10 },
    )
    if (state === 'ended') throw new Error(`The server ended: ${this.output.slice(-2_000)}`)
    const ready = performance.now() - began
    if (!this.isBare && !this.session.cookie) await this.takeOwnership()
    return ready
  }

  /** Sets the server up, or signs in where another server of the same database did; asks by a token from then on. */
  private async takeOwnership(): Promise<void> {
    this.session =
      (await setUp(this.url, OWNER, this.env['SETUP_TOKEN'])) ?? (await signIn(this.url))
    const token = await createToken(this.url, this.session).catch(() => undefined)
    rememberCredential(this.url, token?.credential ?? this.session)
  }

  signal(name: NodeJS.Signals): void {
    process.kill(this.pid, name)
  }

  /** kill -9, and waits until the process is gone. */
  async kill(): Promise<void> {
    if (!this.isRunning) return
    this.signal('SIGKILL')
    await until('the killed server is gone', () => !this.isRunning)
  }

  /** SIGTERM, waits, and removes the data folder that it made itself. */
  async stop(): Promise<void> {
    if (this.isRunning) {
      this.signal('SIGTERM')
      await until('the server stops', () => !this.isRunning, { withinMs: 30_000 })
    }
    if (this.ownsFolder) rmSync(this.dataFolder, { recursive: true, force: true })
  }
}
