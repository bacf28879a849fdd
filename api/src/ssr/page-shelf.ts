import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'

export type Encoding = 'br' | 'gzip' | 'identity'

const gz = promisify(gzip)
const brotli = promisify(brotliCompress)
/** A page lives for a second: small enough at once is better than smallest later. */
const BROTLI_QUALITY = 5
const GZIP_LEVEL = 6

/** One page in one language, in every form in which it leaves. */
export class ShelvedPage {
  readonly etag: string
  private readonly forms: Partial<Record<Encoding, Buffer>> = {}
  private readonly packing = new Map<Encoding, Promise<Buffer>>()

  constructor(
    html: string,
    /** Of the content that it shows. */
    readonly signature: string,
  ) {
    this.forms.identity = Buffer.from(html)
    const digest = createHash('sha256').update(html).digest('base64url').slice(0, 27)
    this.etag = `W/"${digest}"`
  }

  /** The form when it is there already. */
  ready(encoding: Encoding): Buffer | undefined {
    return this.forms[encoding]
  }

  get bytes(): number {
    return Object.values(this.forms).reduce((sum, { length }) => sum + length, 0)
  }

  async form(encoding: Encoding): Promise<Buffer> {
    const ready = this.forms[encoding]
    if (ready) return ready
    const packing = this.packing.get(encoding) ?? this.pack(encoding)
    this.packing.set(encoding, packing)
    return packing
  }

  private async pack(encoding: Encoding): Promise<Buffer> {
    const html = this.forms.identity!
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: html.length,
    }
    const packed =
      encoding === 'br' ? await brotli(html, { params }) : await gz(html, { level: GZIP_LEVEL })
    this.forms[encoding] = packed
    return packed
  }
}

const MOST_BYTES = 64 * 1024 * 1024

/**
 * The pages as they were last rendered, one for each page and language, bounded by their size. Each is rendered once
 * for all who wait, and again only when its content is another.
 */
export class PageShelf {
  private readonly shelved = new Map<string, ShelvedPage>()
  private readonly flights = new Map<string, Promise<ShelvedPage>>()

  constructor(private readonly mostBytes = MOST_BYTES) {}

  peek(key: string, signature: string): ShelvedPage | undefined {
    const page = this.shelved.get(key)
    return page?.signature === signature ? page : undefined
  }

  get(
    key: string,
    signature: string,
    render: () => Promise<string>,
  ): ShelvedPage | Promise<ShelvedPage> {
    const known = this.peek(key, signature)
    if (known) return known
    const flightKey = `${key} ${signature}`
    const flight =
      this.flights.get(flightKey) ??
      this.render(key, signature, render).finally(() => this.flights.delete(flightKey))
    this.flights.set(flightKey, flight)
    return flight
  }

  private async render(
    key: string,
    signature: string,
    render: () => Promise<string>,
  ): Promise<ShelvedPage> {
    const page = new ShelvedPage(await render(), signature)
    this.shelved.delete(key)
    this.shelved.set(key, page)
    this.makeRoom()
    return page
  }

  private makeRoom(): void {
    let bytes = 0
    for (const page of this.shelved.values()) bytes += page.bytes
    for (const [key, page] of this.shelved) {
      if (bytes <= this.mostBytes || this.shelved.size === 1) return
      this.shelved.delete(key)
      bytes -= page.bytes
    }
  }
}
