import { createHmac } from 'node:crypto'
import type { ClientConfig } from 'pg'
import type { ChildProcess } from 'node:child_process'
import type { Log } from '../../lib/log.ts'
import { programsFor } from './binaries.ts'
import { isMade, makeCluster, SUPERUSER } from './cluster.ts'
import { FolderLock } from './folder-lock.ts'
import { findPlaces, readSecret, type Places } from './places.ts'
import { isAlive } from './processes.ts'
import {
  adopt,
  answers,
  livingPostmaster,
  type Running,
  SOCKET_PORT,
  startPostmaster,
  stopPostmaster,
  watchParent,
} from './postmaster.ts'

const LOOK_MS = 250
const LONGEST_RETRY_MS = 5_000

/**
 * The embedded PostgreSQL of one data folder, supervised:
 * 1. own the folder (a living server of ours keeps it);
 * 2. find the account and the programs, make the cluster when there is none;
 * 3. adopt a server that outlived its parent, else start one, past the locks of a dead one;
 * 4. set a watchdog that stops it when we die;
 * 5. when it dies alone, start it again until we are told to stop.
 */
export class EmbeddedServer {
  private dog: ChildProcess | undefined
  private isStopping = false
  private timer: NodeJS.Timeout | undefined
  private recovery: Promise<void> | undefined

  private constructor(
    private readonly places: Places,
    private readonly secret: string,
    private readonly programs: string,
    private readonly lock: FolderLock | undefined,
    private running: Running,
    private readonly log: Log,
  ) {}

  static async start(options: {
    dataFolder: string
    log: Log
    onStep?: (text: string) => void
  }): Promise<EmbeddedServer> {
    const places = findPlaces(options.dataFolder)
    const lock = FolderLock.take(places.root)
    try {
      return await EmbeddedServer.startOwned(places, lock, options)
    } catch (error) {
      lock.release()
      throw error
    }
  }

  private static async startOwned(
    places: Places,
    lock: FolderLock,
    { log, onStep }: { log: Log; onStep?: (text: string) => void },
  ): Promise<EmbeddedServer> {
    const secret = readSecret(places.secret)
    const programs = programsFor(places.account, places.home)
    if (!isMade(places)) {
      onStep?.(`Make the database in ${places.cluster}`)
      await makeCluster(places, programs, secret)
    }
    const adopted = await adopt(places, secret)
    if (adopted) log.warn({ pid: adopted.pid }, 'Took over the database of a server that died')
    const running = adopted ?? (await startPostmaster(places, programs, secret))
    const server = new EmbeddedServer(places, secret, programs, lock, running, log)
    server.dog = watchParent(running.pid)
    server.lookAfter()
    return server
  }

  /** The server of a folder that another process owns, for tools; undefined when none runs. */
  static async attach(options: {
    dataFolder: string
    log: Log
  }): Promise<EmbeddedServer | undefined> {
    const places = findPlaces(options.dataFolder)
    const pid = FolderLock.ownerOf(places.root) ? livingPostmaster(places) : undefined
    const secret = readSecret(places.secret)
    if (!pid || !(await answers(places, secret))) return undefined
    return new EmbeddedServer(places, secret, '', undefined, { pid, child: undefined }, options.log)
  }

  get pid(): number {
    return this.running.pid
  }

  get clusterFolder(): string {
    return this.places.cluster
  }

  /** How to connect as one of the roles. */
  connectionOf(role: string, database: string): ClientConfig {
    return {
      host: this.places.socket,
      port: SOCKET_PORT,
      user: role,
      password: this.passwordOf(role),
      database,
    }
  }

  passwordOf(role: string): string {
    if (role === SUPERUSER) return this.secret
    return createHmac('sha256', this.secret).update(role).digest('base64url')
  }

  async stop(): Promise<void> {
    this.isStopping = true
    clearTimeout(this.timer)
    if (!this.lock) return
    await this.recovery
    await stopPostmaster(this.running)
    this.dog?.kill('SIGKILL')
    this.lock.release()
  }

  private lookAfter(): void {
    this.running.child?.once('exit', () => this.recover())
    this.look()
  }

  /** An adopted server is not our child: nobody tells us of its end. */
  private look(): void {
    this.timer = setTimeout(() => {
      if (isAlive(this.running.pid)) this.look()
      else this.recover()
    }, LOOK_MS)
    this.timer.unref()
  }

  private recover(): void {
    if (this.isStopping || this.recovery) return
    clearTimeout(this.timer)
    this.log.error({ pid: this.running.pid }, 'The database died; it is being started again')
    this.recovery = this.startAgain().finally(() => (this.recovery = undefined))
  }

  private async startAgain(): Promise<void> {
    for (let retryMs = 100; !this.isStopping; retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS)) {
      try {
        this.running = await startPostmaster(this.places, this.programs, this.secret)
        this.dog?.kill('SIGKILL')
        this.dog = watchParent(this.running.pid)
        this.lookAfter()
        this.log.warn({ pid: this.running.pid }, 'The database runs again')
        return
      } catch (error) {
        this.log.error({ err: error }, 'The database could not be started again')
        await new Promise((resolve) => setTimeout(resolve, retryMs))
      }
    }
  }
}
