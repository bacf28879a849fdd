import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'
import type { PageSight } from './page-sight.ts'

/** What is served at most that old, as long as it can be read anew. */
const MOST_AGE_MS = 1_000
/** How long a reading may take before the last one is shown instead. */
const PATIENCE_MS = 2_000
/** The same while the last one has failed. */
const SHORT_PATIENCE_MS = 250
const MOST_PAGES = 500
const MOST_UNKNOWN = 500

/** What is kept: anything that says when there is nothing. */
interface AnySight {
  kind: string
}

export interface PageSnapshotsOptions<Sight extends AnySight = PageSight> {
  read: (slug: string) => Promise<Sight>
  /** How many are kept; 500 unless told. */
  mostPages?: number
  clock: Pick<Clock, 'monotonic' | 'after'>
  log: Log
}

export interface Seen<Sight extends AnySight = PageSight> {
  sight: Sight
  /** Set when it is older than it should be, because newer data can’t be read. */
  staleForMs?: number
}

interface Entry<Sight> {
  sight: Sight
  /** When its reading began, and when it was last tried; on the monotonic clock. */
  readAt: number
  triedAt: number
  isExpired: boolean
  isFailing: boolean
}

/**
 * What strangers see of each page, read once for all of them.
 * 1. At most a second old; whoever comes while it is read waits for that one reading.
 * 2. `expire` (a monitor has changed) makes the next visitor read anew.
 * 3. `forget` (a page has changed) drops everything, readings under way too: they may show what is private now.
 * 4. When it can’t be read, or not soon, the last one stays, and is tried again once a second.
 */
export class PageSnapshots<Sight extends AnySight = PageSight> {
  private readonly pages = new Map<string, Entry<Sight>>()
  /** Kept apart, so that made-up names can’t push pages out. */
  private readonly unknown = new Map<string, Entry<Sight>>()
  private readonly flights = new Map<string, Promise<Seen<Sight>>>()
  private generation = 0
  private expiries = 0

  constructor(private readonly options: PageSnapshotsOptions<Sight>) {}

  /** What is known without any reading; undefined when it is too old. */
  peek(slug: string): Seen<Sight> | undefined {
    const entry = this.pages.get(slug) ?? this.unknown.get(slug)
    return entry && this.isGood(entry) ? this.seen(entry) : undefined
  }

  /** Throws what reading threw when nothing was seen before. */
  get(slug: string): Seen<Sight> | Promise<Seen<Sight>> {
    const known = this.peek(slug)
    if (known) return known
    const entry = this.pages.get(slug)
    const flight = this.flights.get(slug)
    if (flight) return entry?.isFailing ? this.seen(entry) : flight
    const reading = this.read(slug).finally(() => {
      if (this.flights.get(slug) === begun) this.flights.delete(slug)
    })
    const patienceMs = entry?.isFailing ? SHORT_PATIENCE_MS : PATIENCE_MS
    const begun = entry ? this.impatiently(slug, reading, patienceMs) : reading
    this.flights.set(slug, begun)
    return begun
  }

  expire(): void {
    this.expiries += 1
    for (const entry of [...this.pages.values(), ...this.unknown.values()]) entry.isExpired = true
  }

  forget(): void {
    this.generation += 1
    this.flights.clear()
    this.pages.clear()
    this.unknown.clear()
  }

  private isGood({ readAt, triedAt, isExpired, isFailing }: Entry<Sight>): boolean {
    const since = isFailing ? triedAt : readAt
    return (isFailing || !isExpired) && this.options.clock.monotonic() - since < MOST_AGE_MS
  }

  private seen({ sight, readAt, isFailing }: Entry<Sight>): Seen<Sight> {
    return isFailing ? { sight, staleForMs: this.options.clock.monotonic() - readAt } : { sight }
  }

  /** A database that does not answer at all must not let visitors wait for what they could have. */
  private impatiently(
    slug: string,
    reading: Promise<Seen<Sight>>,
    patienceMs: number,
  ): Promise<Seen<Sight>> {
    return new Promise((answer, refuse) => {
      const cancel = this.options.clock.after(patienceMs, () => {
        if (this.pages.has(slug)) answer(this.lastKnown(slug, new Error('The reading takes long.')))
      })
      reading.then(answer, refuse).finally(cancel)
    })
  }

  private async read(slug: string): Promise<Seen<Sight>> {
    const { generation, expiries } = this
    const readAt = this.options.clock.monotonic()
    try {
      const sight = await this.options.read(slug)
      // Something has changed while it was read: good for those who wait, not for those who come later.
      const isExpired = expiries !== this.expiries
      const entry = { sight, readAt, triedAt: readAt, isExpired, isFailing: false }
      if (generation === this.generation) this.keep(slug, entry)
      return { sight }
    } catch (error) {
      return this.lastKnown(slug, error)
    }
  }

  private keep(slug: string, entry: Entry<Sight>): void {
    const isUnknown = entry.sight.kind === 'unknown'
    const [home, other] = isUnknown ? [this.unknown, this.pages] : [this.pages, this.unknown]
    other.delete(slug)
    home.delete(slug)
    home.set(slug, entry)
    if (home.size > (isUnknown ? MOST_UNKNOWN : (this.options.mostPages ?? MOST_PAGES))) {
      const [oldest] = home.keys()
      if (oldest !== undefined) home.delete(oldest)
    }
  }

  private lastKnown(slug: string, error: unknown): Seen<Sight> {
    const entry = this.pages.get(slug)
    if (!entry) throw error
    if (!entry.isFailing)
      this.options.log.warn({ err: error, slug }, 'A status page shows its last state')
    entry.isFailing = true
    entry.triedAt = this.options.clock.monotonic()
    return this.seen(entry)
  }
}
