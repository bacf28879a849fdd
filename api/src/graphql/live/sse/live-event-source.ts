import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Actor } from '../../../lib/actor.ts'
import { AppError } from '../../../lib/app-error.ts'
import { ERROR_STATUS } from '../../../lib/error-status.ts'
import type { Clock } from '../../../lib/clock.ts'
import type { Log } from '../../../lib/log.ts'
import type { Live, PreparedLive } from '../live.ts'
import { LiveRefusal } from '../live-operation.ts'
import type { LiveSubscription } from '../stream/live-streams.ts'
import { type Rights, Standing } from '../standing.ts'
import { EventStream } from './event-stream.ts'
import { operationOf } from './operation-request.ts'

const KEEP_ALIVE_MS = 12_000
const MOST_STREAMS = 1_000

export interface LiveEventSourceOptions {
  live: Live
  clock: Clock
  log: Log
  /** Who asks. Throws an AppError when nobody may. */
  authenticate: (request: IncomingMessage) => Actor | Promise<Actor>
  rights: Rights
  isOriginAllowed: (
    origin: string | undefined,
    host: string | undefined,
    request: IncomingMessage,
  ) => boolean
  maxStreams?: number
}

/**
 * The live stream as server-sent events: one subscription a connection, each message with its cursor as `id:`,
 * so that a browser's EventSource resumes by itself (`Last-Event-ID`).
 */
export class LiveEventSource {
  private readonly open = new Map<EventStream, LiveSubscription>()
  private readonly standing: Standing
  private isClosing = false
  private cancelKeepAlive: () => void

  constructor(private readonly options: LiveEventSourceOptions) {
    this.standing = new Standing(options)
    this.cancelKeepAlive = this.keepAliveLater()
  }

  /** How many streams are open. */
  get size(): number {
    return this.open.size
  }

  /** Answers GET and POST of `/graphql/stream`; `body` is the parsed JSON of a POST. Never throws. */
  async handle(request: IncomingMessage, response: ServerResponse, body?: unknown): Promise<void> {
    const status = this.refusalOf(request)
    if (status) return answerErrors(response, status, [{ message: REASONS[status] }])
    try {
      const actor = await this.options.authenticate(request)
      const prepared = await this.options.live.prepare(operationOf(request, body), actor)
      const resumeFrom = request.headers['last-event-id']
      this.stream(prepared, response, resumeFrom ? `${resumeFrom}` : undefined)
    } catch (error) {
      if (response.headersSent) return void response.destroy()
      const errors = error instanceof LiveRefusal ? error.errors : [error]
      answerErrors(response, statusOf(error), this.options.live.present(errors))
    }
  }

  /** Ends every stream; clients come back with their last id. */
  close(): void {
    this.isClosing = true
    this.cancelKeepAlive()
    this.standing.close()
    for (const [stream, subscription] of this.open) {
      subscription.close()
      stream.breakOff()
    }
  }

  private refusalOf(request: IncomingMessage): RefusalStatus | undefined {
    const { method, headers } = request
    const { isOriginAllowed, maxStreams = MOST_STREAMS } = this.options
    if (method !== 'GET' && method !== 'POST') return 405
    if (!isOriginAllowed(headers.origin, headers.host, request)) return 403
    const isJson = /^application\/json\b/i.test(headers['content-type'] ?? '')
    if (method === 'POST' && !isJson) return 415
    if (this.isClosing || this.open.size >= maxStreams) return 503
    return undefined
  }

  private stream(
    prepared: PreparedLive,
    response: ServerResponse,
    resumeFrom: string | undefined,
  ): void {
    const { actor } = prepared
    const stream = new EventStream(response, () => this.standing.mayTell(actor))
    const subscription = this.options.live.subscribe(prepared, stream, resumeFrom)
    this.open.set(stream, subscription)
    // Who comes back is asked again who they are.
    const end = (): void => stream.breakOff()
    const leave = this.standing.admit({ actor, revoke: end, suspend: end })
    response.on('close', () => {
      leave()
      this.open.delete(stream)
      subscription.close()
    })
    subscription.done.then(
      () => stream.complete(),
      (error: unknown) => {
        this.options.log.warn({ err: error }, 'A live stream broke off; its client will come back')
        stream.breakOff()
      },
    )
    stream.open()
  }

  private keepAliveLater(): () => void {
    return this.options.clock.after(KEEP_ALIVE_MS, () => {
      for (const stream of this.open.keys()) stream.keepAlive()
      if (!this.isClosing) this.cancelKeepAlive = this.keepAliveLater()
    })
  }
}

const REASONS = {
  403: 'Pages of other origins may not read this.',
  405: 'Use GET or POST.',
  415: 'Send application/json.',
  503: 'No room for another stream at the moment.',
} as const

type RefusalStatus = keyof typeof REASONS

function statusOf(error: unknown): number {
  const cause = error instanceof LiveRefusal ? error.errors[0]?.originalError : error
  if (cause instanceof AppError) return ERROR_STATUS[cause.code]
  return error instanceof LiveRefusal ? 400 : 500
}

function answerErrors(response: ServerResponse, status: number, errors: readonly object[]): void {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }
  response.writeHead(status, status === 503 ? { ...headers, 'retry-after': '5' } : headers)
  response.end(JSON.stringify({ errors }))
}
