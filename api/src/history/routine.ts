import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'

/** Runs a job again and again, never twice at once. A failure is logged and tried again next time. */
export class Routine {
  private cancel: (() => void) | undefined
  private running: Promise<void> = Promise.resolve()
  private isStopped = true

  constructor(
    private readonly options: {
      name: string
      clock: Clock
      log: Log
      everyMs: number
      run: () => Promise<unknown>
    },
  ) {}

  start(firstAfterMs: number): void {
    this.isStopped = false
    this.schedule(firstAfterMs)
  }

  /** Returns when a run in progress has ended. */
  async stop(): Promise<void> {
    this.isStopped = true
    this.cancel?.()
    await this.running
  }

  private schedule(afterMs: number): void {
    if (this.isStopped) return
    this.cancel = this.options.clock.after(afterMs, () => {
      this.running = this.runOnce().then(() => this.schedule(this.options.everyMs))
    })
  }

  private async runOnce(): Promise<void> {
    try {
      await this.options.run()
    } catch (error) {
      this.options.log.error({ err: error }, `${this.options.name} failed; it will be tried again`)
    }
  }
}
