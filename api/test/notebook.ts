import type { LiveSource } from '../src/graphql/live/stream/live-source.ts'
import type { Outlet } from '../src/graphql/live/stream/subscriber.ts'

/** Lets everything that waits for an answered promise go on. */
export const settled = (): Promise<void> => new Promise((done) => setImmediate(done))

/** An outlet that writes down what it is sent; full when the test says so. */
export class Notebook implements Outlet<LiveSource> {
  readonly batches: LiveSource[] = []
  isFull = false
  private waiting: (() => void)[] = []

  send(batch: LiveSource): void {
    this.batches.push(batch)
  }

  whenRoom(): Promise<void> {
    return new Promise((done) => this.waiting.push(done))
  }

  drain(): void {
    this.isFull = false
    for (const done of this.waiting.splice(0)) done()
  }

  get positions(): number[] {
    return this.batches.flatMap((batch) => batch.events.map((event) => event.position))
  }

  get last(): LiveSource {
    return this.batches.at(-1)!
  }
}
