import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Log } from '../lib/log.ts'
import type { StatusPageRenderer } from '../ssr/index.ts'
import type { Front } from './front.ts'

type Pages = Pick<StatusPageRenderer, 'isCurrent'>
type Sight = Parameters<Pages['isCurrent']>[1]

interface Shown {
  pages: Pages
  slug: string
  sight: Sight
}

interface Kept extends Shown {
  /** Names and values in turns. */
  head: string[]
  body: Buffer
}

/** Whoever asks in so many different ways is slowed down to the usual way. */
const MOST_KEPT = 64
const LONGEST_KEY = 1_000

/**
 * Public pages as they left a moment ago, in front of every hook: on a bad day everybody asks for the same page.
 * What is kept has passed the hooks for a request that was the same in everything that they and the page look at, and
 * is good only as long as visitors see the same snapshot: a second at most. Any doubt goes the usual way.
 */
export class ReadyAnswers {
  private readonly kept = new Map<string, Kept>()
  private readonly shown = new WeakMap<FastifyRequest, Shown>()
  private isClosing = false

  constructor(
    private readonly front: Front,
    private readonly log: Log,
  ) {}

  /** Stands before the server’s own answers. To be called before anything else listens to requests. */
  standBefore(server: FastifyInstance): void {
    const { server: http } = server
    const usual = http.listeners('request') as ((...event: unknown[]) => void)[]
    http.removeAllListeners('request')
    http.on('request', (request: IncomingMessage, response: ServerResponse) => {
      if (this.answer(request, response)) return
      for (const listener of usual) listener.call(http, request, response)
    })
    server.addHook('preClose', async () => void (this.isClosing = true))
  }

  /** Says what this request is about to be shown; `keep` then keeps it. */
  show(request: FastifyRequest, shown: Shown): void {
    this.shown.set(request, shown)
  }

  /** For `onSend`, when all headers stand. */
  keep(request: FastifyRequest, reply: FastifyReply, body: unknown): void {
    const shown = this.shown.get(request)
    const key = shown && this.keyOf(request.raw, request.originalUrl)
    if (!key || reply.statusCode !== 200 || !Buffer.isBuffer(body)) return
    const headers = reply.getHeaders()
    if (headers['set-cookie'] !== undefined) return
    const head = Object.entries(headers).flatMap(([name, value]) => [name, String(value)])
    head.push('content-length', String(body.length))
    if (this.kept.size >= MOST_KEPT) this.kept.clear()
    this.kept.set(key, { ...shown, head, body })
  }

  private answer(request: IncomingMessage, response: ServerResponse): boolean {
    if (this.isClosing || this.kept.size === 0) return false
    const key = this.keyOf(request, request.url)
    const kept = key === undefined ? undefined : this.kept.get(key)
    if (!key || !kept) return false
    if (!kept.pages.isCurrent(kept.slug, kept.sight)) {
      this.kept.delete(key)
      return false
    }
    response.writeHead(200, kept.head)
    response.end(kept.body)
    this.log.debug({ method: 'GET', route: '/status/:slug', status: 200, ms: 0 }, 'request')
    return true
  }

  /** Everything of a request on which the answer to a stranger depends; undefined: it goes the usual way. */
  private keyOf(request: IncomingMessage, url = ''): string | undefined {
    const { method, headers } = request
    if (method !== 'GET' || headers['if-none-match'] !== undefined) return undefined
    const key = [
      ...[url, this.front.hostOf(request), this.front.isHttps(request)],
      ...[headers['accept-encoding'], headers['accept-language']],
    ].join('\n')
    return key.length > LONGEST_KEY ? undefined : key
  }
}
