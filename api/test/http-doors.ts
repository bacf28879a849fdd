import 'reflect-metadata'
import type { FastifyInstance } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import type { IncomingMessage } from 'node:http'
import type { Presented, RequestDoor } from '../src/accounts/index.ts'
import type { Snapshot } from '../src/db/index.ts'
import { resolvers } from '../src/entities.ts'
import { EventHub } from '../src/events/index.ts'
import {
  buildContract,
  errorPresenter,
  Live,
  LiveEventSource,
  LiveSocket,
  printContract,
  RequestContext,
  startGraphqlServer,
  validateOperation,
} from '../src/graphql/index.ts'
import {
  buildHttpServer,
  Front,
  type FrontConfig,
  type HttpOptions,
  listen,
  readWebBuild,
  requestDoors,
} from '../src/http/index.ts'
import type { Actor } from '../src/lib/actor.ts'
import { type Clock, systemClock } from '../src/lib/clock.ts'
import type { Log } from '../src/lib/log.ts'
import { newId } from '../src/lib/ids.ts'
import { lastingRights } from './lasting-rights.ts'
import { MemoryLog } from './memory-log.ts'

export interface HttpWishes {
  /** The folder of a web build. */
  webFolder?: string
  /** Resolvers whose constructors take something; the others fail when they are used. */
  instances?: readonly object[]
  push?: Partial<HttpOptions['push']>
  probes?: HttpOptions['probes']
  clock?: Clock
  openSnapshot?: () => Promise<Snapshot>
  /** Throws to refuse a request. */
  admit?: () => void
  /** Who asks, by what the request shows. */
  authenticate?: (presented: Presented) => Actor | Promise<Actor>
  /** How the server is reached; otherwise from this machine alone. */
  front?: Partial<FrontConfig>
  perMinute?: HttpOptions['perMinute']
  tokens?: HttpOptions['tokens']
  statusPages?: HttpOptions['statusPages']
  statusDoors?: (front: Front) => HttpOptions['statusDoors'] | Promise<HttpOptions['statusDoors']>
}

/** A line of the server's log. */
export interface LogLine {
  level: keyof Log
  fields: Record<string, unknown>
  message: string
}

export interface GraphqlAnswer {
  status: number
  headers: Headers
  data?: Record<string, unknown> | null
  errors?: { message: string; path?: unknown[]; extensions: Record<string, unknown> }[]
  extensions?: { cost?: { requested: number; remaining: number; resetAt: string } }
  text: string
}

let bare: GraphQLSchema | undefined
const contract = (): GraphQLSchema => (bare ??= buildContract(resolvers))

const LOCAL: FrontConfig = {
  ...{ isLocalOnly: true, serveWeb: true, publicUrl: undefined },
  ...{ webOrigins: [], allowedHosts: [], trustedProxies: [] },
}

/** All doors of HTTP with the product's whole contract on a real port, and no database behind them. */
export class HttpDoors {
  readonly actor: Actor = { kind: 'system', workspaceId: newId(), role: 'owner' }
  readonly log: LogLine[] = []
  readonly events = new MemoryLog(this.actor.workspaceId)
  /** Snapshots that were opened and not closed. */
  openSnapshots = 0
  snapshots = 0
  /** How each request was understood. */
  readonly seen: { presented: Presented; door: RequestDoor }[] = []
  readonly closing: (() => unknown)[] = []
  server: FastifyInstance
  schema: GraphQLSchema
  port: number

  static async open(wishes: HttpWishes = {}): Promise<HttpDoors> {
    const doors = new HttpDoors()
    await doors.start(wishes)
    return doors
  }

  private async start(wishes: HttpWishes): Promise<void> {
    const { clock = systemClock } = wishes
    const front = new Front({ ...LOCAL, ...wishes.front })
    const { credentialsOf, doorOf } = requestDoors(front)
    const authenticate = wishes.authenticate ?? (() => this.actor)
    const log = this.recordingLog()
    const presentError = errorPresenter(log)
    this.schema = wishes.instances ? buildContract(resolvers, wishes.instances) : contract()
    const database = { openSnapshot: wishes.openSnapshot ?? (() => this.openSnapshot()) }
    const openContext: HttpOptions['openContext'] = async (request, reply) => {
      await Promise.resolve(wishes.admit?.())
      const presented = credentialsOf(request)
      const door = doorOf(request, reply)
      this.seen.push({ presented, door })
      return new RequestContext(database, await authenticate(presented), door)
    }
    const hub = new EventHub({ database: this.events, clock, log })
    const live = new Live({
      ...{ schema: this.schema, hub, clock, log, validateOperation, presentError },
      openScope: () => new RequestContext(database, this.actor),
    })
    const transports = {
      ...{ live, clock, log, rights: lastingRights },
      isOriginAllowed: (origin: string | undefined, _host: unknown, request: IncomingMessage) =>
        front.isOriginAllowed(origin, request),
      authenticate: async (request: IncomingMessage, payload?: Record<string, unknown>) =>
        authenticate(credentialsOf(request, payload)),
    }
    const eventSource = new LiveEventSource(transports)
    const liveSocket = new LiveSocket({
      ...transports,
      isHostAllowed: (_host, request) => front.isHostAllowed(request),
    })
    const apollo = await startGraphqlServer({ schema: this.schema, clock, log, presentError })
    this.server = await buildHttpServer({
      ...{ apollo, openContext, eventSource, liveSocket, clock, log, front },
      ...(wishes.tokens && { tokens: wishes.tokens }),
      ...(wishes.statusPages && { statusPages: wishes.statusPages }),
      ...(wishes.statusDoors && { statusDoors: await wishes.statusDoors(front) }),
      ...(wishes.perMinute && { perMinute: wishes.perMinute }),
      push: {
        receive: () => Promise.resolve({ ok: true }),
        ping: () => Promise.resolve('ok'),
        report: () => Promise.resolve({ outcome: 'ok', durationMs: null }),
        ...wishes.push,
      },
      probes: wishes.probes ?? {},
      contract: printContract(this.schema),
      web:
        wishes.webFolder === undefined ? undefined : readWebBuild(wishes.webFolder, front.prefix),
    })
    await hub.start()
    this.closing.push(
      ...[() => eventSource.close(), () => liveSocket.close(), () => this.server.close()],
      ...[() => apollo.stop(), () => hub.stop()],
    )
    this.port = await listen(this.server, '127.0.0.1', 0)
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`
  }

  /** Sends an operation by POST, as programs do. */
  async ask(
    query: string,
    variables?: Record<string, unknown>,
    headers: Record<string, string> = {},
    operationName?: string,
  ): Promise<GraphqlAnswer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables, operationName }),
    })
    const text = await response.text()
    const body = JSON.parse(text) as Omit<GraphqlAnswer, 'status' | 'headers' | 'text'>
    return { status: response.status, headers: response.headers, text, ...body }
  }

  async close(): Promise<void> {
    for (const close of this.closing.splice(0)) await close()
  }

  private recordingLog(): Log {
    const write =
      (level: keyof Log) =>
      (fields: object, message: string): void =>
        void this.log.push({ level, fields: fields as Record<string, unknown>, message })
    return {
      debug: write('debug'),
      info: write('info'),
      warn: write('warn'),
      error: write('error'),
    }
  }

  /** A snapshot without a database: counted, and with a head. */
  async openSnapshot(): Promise<Snapshot> {
    await Promise.resolve()
    this.openSnapshots++
    this.snapshots++
    let isOpen = true
    const close = async (): Promise<void> => {
      await Promise.resolve()
      if (isOpen) this.openSnapshots--
      isOpen = false
    }
    const head = { epoch: 1, position: 0 }
    return { head, manager: {}, close } as unknown as Snapshot
  }
}
