import 'reflect-metadata'
import DataLoader from 'dataloader'
import { GraphQLError, type GraphQLSchema, validate } from 'graphql'
import { type Server, createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  Ctx,
  Field,
  FieldResolver,
  ID,
  ObjectType,
  Resolver,
  Root,
  buildSchema,
} from 'type-graphql'
import type { EntityManager } from 'typeorm'
import type { LogHead, ReadScope } from '../src/db/read-scope.ts'
import { EventHub, type HubDatabase, type NewEvent } from '../src/events/index.ts'
import { MonitorUpdated } from '../src/graphql/live/event.objects.ts'
import type { ValidateOperation } from '../src/graphql/live/live-operation.ts'
import { LiveResolver } from '../src/graphql/live/live.resolver.ts'
import { Live, type LiveScope } from '../src/graphql/live/live.ts'
import { isOwnOrigin } from '../src/graphql/live/own-origin.ts'
import type { Rights } from '../src/graphql/live/standing.ts'
import { LiveSocket } from '../src/graphql/live/socket/live-socket.ts'
import { LiveEventSource } from '../src/graphql/live/sse/live-event-source.ts'
import type { Actor } from '../src/lib/actor.ts'
import { AppError } from '../src/lib/app-error.ts'
import { type Clock, systemClock } from '../src/lib/clock.ts'
import { newId } from '../src/lib/ids.ts'
import { silentLog } from '../src/lib/log.ts'
import { lastingRights } from './lasting-rights.ts'
import { MemoryLog } from './memory-log.ts'

/** Stands for the monitor of the product, so that links from events can be tried. */
@ObjectType('Monitor')
export class LinkedMonitor {
  @Field(() => ID)
  id: string

  @Field(() => String)
  name: string
}

@Resolver(() => MonitorUpdated)
export class LinkedMonitorResolver {
  @FieldResolver(() => LinkedMonitor, { nullable: true })
  monitor(@Root() event: MonitorUpdated, @Ctx() scope: ReadScope): Promise<LinkedMonitor | null> {
    return scope.loader('monitor', loadNames).load(event.monitorId)
  }
}

/** What the present state of each monitor is, and how often it was read. */
export const presentNames = { version: 1, reads: 0, failure: undefined as Error | undefined }

function loadNames(): DataLoader<string, LinkedMonitor | null> {
  return new DataLoader(async (ids) => {
    presentNames.reads++
    if (presentNames.failure) throw presentNames.failure
    return ids.map((id) => ({ id, name: `${id} v${presentNames.version}` }))
  })
}

/** A scope without a database: loaders and the head only. */
export class MemoryScope implements ReadScope {
  static open = 0
  private readonly loaders = new Map<string, DataLoader<never, never>>()

  constructor(
    readonly actor: Actor,
    private readonly log: MemoryLog,
  ) {
    MemoryScope.open++
  }

  manager(): Promise<EntityManager> {
    return Promise.resolve(this.log.worker as EntityManager)
  }

  head(): Promise<LogHead> {
    return Promise.resolve({ epoch: this.log.epoch, position: this.log.position })
  }

  loader<K, V>(name: string, make: () => DataLoader<K, V>): DataLoader<K, V> {
    const known = this.loaders.get(name) as DataLoader<K, V> | undefined
    if (known) return known
    const loader = make()
    this.loaders.set(name, loader as unknown as DataLoader<never, never>)
    return loader
  }

  async close(): Promise<void> {
    MemoryScope.open--
    await Promise.resolve()
  }
}

/** The schema of the live views alone. */
export function liveSchema(): Promise<GraphQLSchema> {
  return buildSchema({
    resolvers: [LiveResolver, LinkedMonitorResolver],
    validate: false,
    pubSub: { publish() {}, subscribe: () => ({}) as never },
  })
}

/** The product's limits are tried where they are written; here only that they are asked. */
const validateOperation: ValidateOperation = (schema, document, _variables, operationName) => {
  if (operationName === 'TooCostly')
    return [new GraphQLError('This costs too much.', { extensions: { code: 'LIMIT' } })]
  return validate(schema, document, undefined, { maxErrors: 1 })
}

/** Where a server's log lives: in memory, unless a test brings a database. */
export interface LogSource {
  database: HubDatabase
  workspaceId: string
  openScope: (actor: Actor) => LiveScope
}

/** The live doors on a real port. */
export class LiveServer {
  readonly log = new MemoryLog(newId())
  readonly workspaceId: string
  readonly actor: Actor
  readonly hub: EventHub
  /** Whether those who are connected may stay. */
  rights: Rights = lastingRights
  /** Who speaks. */
  authenticate: (payload: Readonly<Record<string, unknown>>) => Actor | Promise<Actor> = () =>
    this.actor
  live: Live
  socket: LiveSocket
  stream: LiveEventSource
  private server: Server
  private readonly source: LogSource

  constructor(
    private readonly clock: Clock = systemClock,
    source?: LogSource,
  ) {
    const { log } = this
    const openScope = (actor: Actor): LiveScope => new MemoryScope(actor, log)
    this.source = source ?? { database: log, workspaceId: log.workspaceId, openScope }
    this.workspaceId = this.source.workspaceId
    this.actor = { kind: 'system', workspaceId: this.workspaceId, role: 'owner' }
    this.hub = new EventHub({ database: this.source.database, clock, log: silentLog })
  }

  async start(options: { maxSockets?: number; maxStreams?: number } = {}): Promise<this> {
    const { clock, hub } = this
    const authenticate = (
      _request: unknown,
      payload: Readonly<Record<string, unknown>> = {},
    ): Actor | Promise<Actor> => this.authenticate(payload)
    this.live = new Live({
      schema: await liveSchema(),
      hub,
      clock,
      log: silentLog,
      openScope: this.source.openScope,
      validateOperation,
      presentError: ({ message, originalError, extensions }) =>
        originalError && !(originalError instanceof AppError)
          ? { message: 'masked', extensions: { code: 'INTERNAL_SERVER_ERROR' } }
          : { message, extensions },
    })
    const { rights } = this
    const common = { live: this.live, clock, log: silentLog, authenticate, rights }
    const isHostAllowed = (host?: string): boolean =>
      /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host ?? '')
    this.socket = new LiveSocket({
      ...common,
      isHostAllowed,
      isOriginAllowed: isOwnOrigin,
      ...options,
    })
    this.stream = new LiveEventSource({ ...common, isOriginAllowed: isOwnOrigin, ...options })
    await hub.start()
    await this.listen()
    return this
  }

  private async listen(): Promise<void> {
    this.server = createServer((request, response) => {
      const parts: Buffer[] = []
      request.on('data', (part: Buffer) => parts.push(part))
      request.on('end', () => {
        const body = parts.length
          ? (JSON.parse(Buffer.concat(parts).toString()) as unknown)
          : undefined
        void this.stream.handle(request, response, body)
      })
    })
    this.server.on('upgrade', (request, tcp, head: Buffer) =>
      this.socket.handleUpgrade(request, tcp, head),
    )
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done))
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port
  }

  commit(...events: NewEvent[]): void {
    this.hub.committed([this.log.append(...events)])
  }

  async stop(): Promise<void> {
    this.stream.close()
    await this.socket.close()
    await this.hub.stop()
    this.server.closeAllConnections()
    await new Promise((done) => this.server.close(done))
  }
}
