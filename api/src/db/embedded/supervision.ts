import type { ChildProcess } from 'node:child_process'
import type { Log } from '../../lib/log.ts'
import {
  type Ground,
  hasSocket,
  type Running,
  startPostmaster,
  stopPostmaster,
} from './postmaster.ts'
import { isAlive } from './processes.ts'
import { boundLog } from './server-log.ts'
import { makeSocketFolder } from './socket-folder.ts'
import { watchParent } from './watchdog.ts'

const LOOK_MS = 250
const LOOKS_A_MINUTE = 240
/** Looks without a socket before the server is started again: one may fall into its start. */
const LOOKS_WITHOUT_SOCKET = 4
const LONGEST_RETRY_MS = 2_000
/** A server that ran this long has not failed at once: its death is answered without waiting. */
const SOUND_MS = 5_000

/**
 * Keeps a server running until it is told to stop:
 * 1. a watchdog stops the server when our process dies;
 * 2. a server that died, or whose socket was tidied away, is started again;
 * 3. one that dies at once, again and again, is started at growing intervals;
 * 4. the log is kept from growing.
 */
export class Supervision {
  private readonly stopping = new AbortController()
  private readonly timer: NodeJS.Timeout
  private dog: ChildProcess
  private startedAt = performance.now()
  private retryMs = 0
  private looks = 0
  private looksWithoutSocket = 0
  private recovery: Promise<void> | undefined

  constructor(
    private readonly ground: Ground,
    private running: Running,
    private readonly log: Log,
  ) {
    this.dog = this.lookAfter()
    this.timer = setInterval(() => this.look(), LOOK_MS)
    this.timer.unref()
  }

  get pid(): number {
    return this.running.pid
  }

  async stop(): Promise<void> {
    this.stopping.abort()
    clearInterval(this.timer)
    await this.recovery
    await stopPostmaster(this.running)
    this.dog.kill('SIGKILL')
  }

  private lookAfter(): ChildProcess {
    const { child, pid } = this.running
    child?.once('exit', () => this.look())
    return watchParent(pid, this.ground.places.cluster)
  }

  private look(): void {
    if (this.recovery || this.stopping.signal.aborted) return
    if (++this.looks % LOOKS_A_MINUTE === 0) boundLog(this.ground.places)
    this.looksWithoutSocket = hasSocket(this.ground.places) ? 0 : this.looksWithoutSocket + 1
    if (!isAlive(this.pid)) this.recover('The database died; it is being started again')
    else if (this.looksWithoutSocket >= LOOKS_WITHOUT_SOCKET)
      this.recover('The socket of the database was removed; it is being started again')
  }

  private recover(why: string): void {
    this.log.error({ pid: this.pid }, why)
    this.recovery = this.startAgain().finally(() => {
      this.recovery = undefined
      this.look()
    })
  }

  private async startAgain(): Promise<void> {
    if (performance.now() - this.startedAt > SOUND_MS) this.retryMs = 0
    await stopPostmaster(this.running)
    while (!this.stopping.signal.aborted) {
      await this.pause()
      try {
        makeSocketFolder(this.ground.places.socket, this.ground.places.account)
        this.running = await startPostmaster(this.ground, this.stopping.signal)
        this.startedAt = performance.now()
        this.dog.kill('SIGKILL')
        this.dog = this.lookAfter()
        this.log.warn({ pid: this.pid }, 'The database runs again')
        return
      } catch (error) {
        this.log.error({ err: error }, 'The database could not be started again')
      }
    }
  }

  /** Not at all at first, then longer each time; cut short by a stop. */
  private async pause(): Promise<void> {
    const ms = this.retryMs
    this.retryMs = Math.min(Math.max(100, ms * 2), LONGEST_RETRY_MS)
    const { signal } = this.stopping
    if (ms === 0 || signal.aborted) return
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true })
    })
  }
}
