import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { IncomingMessage } from 'node:http'
import { AppError } from '../lib/app-error.ts'
import type { Clock } from '../lib/clock.ts'
import { DoorLimit, neighbourhood, type Toll } from './door-limit.ts'
import type { Front } from './front.ts'
import { isHeartbeat } from './ping-path.ts'
import { sessionIn } from './session-cookie.ts'

/** How many requests a minute. */
export const PER_MINUTE = {
  /** For each session and token; for each address when nobody is signed in. What they cost is counted apart. */
  graphql: 3_000,
  /** Live streams that are opened, likewise. */
  streams: 1_200,
  /** Sockets that are opened, for each address. */
  sockets: 6_000,
  /** For each address of a heartbeat. */
  push: 12_000,
  /** Signing in and everything around it, for each address. */
  auth: 60,
  /** Everything beside status pages, for each address; pages themselves are kept ready for everybody. */
  pages: 3_000,
} as const

const LONGEST_KEY = 100
const BESIDE_PAGES = /^\/(status\/[^/]+\/.|badge\/|robots\.txt$|sitemap\.xml$)/

type Door = keyof typeof PER_MINUTE
export type PerMinute = Readonly<Record<Door, number>>

/** Bounds how often anybody comes to any door. Refuses with LIMIT, and says in headers how much is left. */
export class DoorLimits {
  private readonly limits: Readonly<Record<Door, DoorLimit>>

  constructor(
    private readonly front: Front,
    clock: Pick<Clock, 'monotonic'>,
    perMinute: Partial<PerMinute> = {},
  ) {
    const limit = (door: Door): DoorLimit =>
      new DoorLimit(perMinute[door] ?? PER_MINUTE[door], clock)
    this.limits = {
      ...{ graphql: limit('graphql'), streams: limit('streams'), sockets: limit('sockets') },
      ...{ push: limit('push'), auth: limit('auth'), pages: limit('pages') },
    }
  }

  /** To be asked before a socket is taken in. */
  maySocket(request: IncomingMessage): boolean {
    return this.limits.sockets.take(this.home(request)).isAllowed
  }

  /** Guards every route of the server. */
  guard(server: FastifyInstance): void {
    server.addHook('onRequest', async (request, reply) => {
      const place = this.placeOf(request)
      if (!place) return
      const toll = this.limits[place.door].take(place.key)
      sayIn(reply, toll)
      if (!toll.isAllowed) throw tooMany(toll)
    })
  }

  private placeOf(request: FastifyRequest): { door: Door; key: string } | undefined {
    const path = request.url.split('?')[0] ?? ''
    if (isHeartbeat(path)) return { door: 'push', key: path.slice(0, LONGEST_KEY) }
    if (path.startsWith('/auth/')) return { door: 'auth', key: this.home(request.raw) }
    if (path === '/graphql/stream') return { door: 'streams', key: this.callerOf(request) }
    if (path === '/graphql' || path.startsWith('/api/'))
      return { door: 'graphql', key: this.callerOf(request) }
    if (!BESIDE_PAGES.test(path)) return undefined
    // Passwords are guessed, and letters sent, by what is posted; programs of mail leave for many people at once.
    const isCostly = request.method === 'POST' && !path.endsWith('/unsubscribe')
    return { door: isCostly ? 'auth' : 'pages', key: this.home(request.raw) }
  }

  private callerOf({ headers, raw }: FastifyRequest): string {
    const shown =
      headers.authorization ?? sessionIn(headers.cookie, this.front.isHttps(raw), this.front.prefix)
    return shown === undefined ? this.home(raw) : digest(shown)
  }

  private home(request: IncomingMessage): string {
    return neighbourhood(this.front.addressOf(request))
  }
}

const digest = (text: string): string => createHash('sha256').update(text).digest('base64')

function sayIn(reply: FastifyReply, { limit, remaining, resetSeconds }: Toll): void {
  reply.headers({
    'ratelimit-limit': limit,
    'ratelimit-remaining': remaining,
    'ratelimit-reset': resetSeconds,
  })
}

function tooMany({ resetSeconds }: Toll): AppError {
  return new AppError('LIMIT', `Too many requests: wait ${resetSeconds} s.`, {
    retryAfterSeconds: resetSeconds,
  })
}
