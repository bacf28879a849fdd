import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'

interface PageDomain {
  domain: string
  slug: string
}

export interface PageDomainsOptions {
  read: () => Promise<PageDomain[]>
  clock: Pick<Clock, 'after'>
  log: Log
}

/** What other processes have changed is known by then, even when nobody said so. */
const REFRESH_MS = 30_000

/** Which page has which domain, known without asking: every request wants to know. */
export class PageDomains {
  private slugs: ReadonlyMap<string, string> = new Map()
  private reading: Promise<void> | undefined
  private isOutdated = false
  private cancel: (() => void) | undefined
  private isOver = false

  constructor(private readonly options: PageDomainsOptions) {}

  /** Never throws: what was known stays while nothing can be read. */
  async start(): Promise<void> {
    await this.refresh()
    if (!this.isOver) this.cancel = this.options.clock.after(REFRESH_MS, () => void this.start())
  }

  stop(): void {
    this.isOver = true
    this.cancel?.()
  }

  /** Reads anew; whoever asks while it reads gets one more reading after it, for all. */
  async refresh(): Promise<void> {
    if (this.reading) {
      this.isOutdated = true
      return this.reading
    }
    this.reading = this.readUntilDone()
    try {
      await this.reading
    } finally {
      this.reading = undefined
    }
  }

  /** The slug of the page with this domain; `host` as a request names it. */
  slugAt(host: string): string | undefined {
    if (!this.slugs.size) return undefined
    return this.slugs.get(host.toLowerCase().replace(/\.?(:\d{1,5})?$/, ''))
  }

  private async readUntilDone(): Promise<void> {
    do {
      this.isOutdated = false
      try {
        const pages = await this.options.read()
        this.slugs = new Map(pages.map(({ domain, slug }) => [domain.toLowerCase(), slug]))
      } catch (err) {
        this.options.log.warn({ err }, 'The domains of status pages can’t be read')
      }
    } while (this.isOutdated)
  }
}
