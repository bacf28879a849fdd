import type { LiveSource } from './stream/live-source.ts'
import type { LiveSubscription } from './stream/live-streams.ts'
import type { Outlet } from './stream/subscriber.ts'

const MOST_WAITING = 100

/** An outlet that is read with `for await`; full when its reader falls behind. */
export class SourceQueue implements Outlet<LiveSource> {
  private readonly batches: LiveSource[] = []
  private wake: (() => void) | undefined
  private drained: (() => void)[] = []

  get isFull(): boolean {
    return this.batches.length >= MOST_WAITING
  }

  send(batch: LiveSource): void {
    this.batches.push(batch)
    this.wake?.()
  }

  whenRoom(): Promise<void> {
    if (!this.isFull) return Promise.resolve()
    return new Promise((done) => this.drained.push(done))
  }

  /** What the subscription sends, until the reader returns or the log can't be read. */
  follow(subscription: LiveSubscription): AsyncGenerator<LiveSource, void> {
    const ended = subscription.done.then(
      () => ({ isDone: true as const }),
      (error: unknown) => ({ isDone: true as const, error }),
    )
    const batches = this.read(ended)
    const stop = batches.return.bind(batches)
    // A generator that waits can't be returned from: wake it first.
    batches.return = (value) => {
      subscription.close()
      this.drain()
      return stop(value)
    }
    return batches
  }

  private async *read(
    ended: Promise<{ isDone: true; error?: unknown }>,
  ): AsyncGenerator<LiveSource, void> {
    for (;;) {
      const batch = this.batches.shift()
      if (batch) {
        this.drain()
        yield batch
        continue
      }
      const more = new Promise<undefined>((go) => (this.wake = () => go(undefined)))
      const end = await Promise.race([more, ended])
      if (end?.error) throw end.error
      if (end) return
    }
  }

  private drain(): void {
    for (const done of this.drained.splice(0)) done()
  }
}
