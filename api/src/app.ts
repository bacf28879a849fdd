import type { FastifyInstance } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import {
  type Accounts,
  AuditExport,
  ensureDefaultWorkspace,
  openAccounts,
  openMailer,
  type Workspace,
} from './accounts/index.ts'
import { type CheckRequest, runCheck } from './checks/index.ts'
import type { Config } from './config/index.ts'
import { type Database, makeDataFolder, openDatabase } from './db/index.ts'
import { entities, resolvers } from './entities.ts'
import { EventHub } from './events/index.ts'
import {
  buildContract,
  errorPresenter,
  Live,
  LiveEventSource,
  LiveSocket,
  printContract,
  RequestContext,
  startGraphqlServer,
  StatusPageLive,
  validateOperation,
} from './graphql/index.ts'
import { PartitionKeeper, RetentionJob, RollupJob } from './history/index.ts'
import {
  buildHttpServer,
  type HttpOptions,
  Front,
  listen,
  readWebBuild,
  requestDoors,
} from './http/index.ts'
import { type Actor, systemActor } from './lib/actor.ts'
import type { Clock } from './lib/clock.ts'
import type { Log } from './lib/log.ts'
import { openSecretBox, type SecretBox } from './lib/secret-box.ts'
import {
  MonitorCounts,
  MonitorFields,
  MonitorLifecycle,
  MonitorMutations,
  MonitorPurge,
  MonitorReader,
  MonitorResolver,
  MonitorService,
  MonitorTester,
  furnishAddresses,
  JobProvider,
  openRecorder,
  PingAddressService,
  PushFields,
  PushMutations,
  PushService,
  WatchList,
} from './monitors/index.ts'
import { AddressGuard } from './net/index.ts'
import { openPageDoors } from './open-page-doors.ts'
import { Scheduler } from './scheduler/index.ts'
import { furnishStatusPages, type StatusPageRoom } from './status-pages/index.ts'

/** How long running checks may take to end when the server stops, ms. */
const DRAIN_MS = 10_000

export interface AppOptions {
  config: Config
  log: Log
  clock: Clock
  /** Told what a start is doing. */
  onStep?: (text: string) => void
}

export interface App {
  /** Where it listens. */
  port: number
  /** The server itself in the first workspace. */
  actor: Actor
  accounts: Accounts
  database: Database
  monitors: MonitorService
  /** The contract that it serves, as text. */
  contract: string
  /** Takes nothing new, lets what runs end, stores what waits, closes. */
  stop(): Promise<void>
}

/** What is built first and used by everything above. */
interface Ground extends AppOptions {
  database: Database
  secretBox: SecretBox
  workspace: Workspace
  accounts: Accounts
  hub: EventHub
  keeper: PartitionKeeper
}

/** Steps that undo the start, in the order in which they were taken. */
type Closing = (() => unknown)[]

/** Builds the house from the ground up, with plain constructors, and opens its doors. */
export async function startApp(options: AppOptions): Promise<App> {
  const closing: Closing = []
  const stop = async (): Promise<void> => {
    while (closing.length) await closing.pop()?.()
  }
  try {
    const ground = await layGround(options, closing)
    const rooms = furnish(ground, closing)
    const { server, contract } = await openDoors(ground, rooms, closing)
    const port = await listen(server, options.config.host, options.config.port)
    rooms.ownPorts.push(port)
    rooms.scheduler.start()
    for (const job of rooms.jobs) job.start()
    const { database, accounts, workspace } = ground
    const actor = systemActor(workspace.id)
    return { port, actor, accounts, database, monitors: rooms.service, contract, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

async function layGround(options: AppOptions, closing: Closing): Promise<Ground> {
  const { config, log, clock, onStep } = options
  const dataFolder = makeDataFolder(config.dataFolder)
  const secretBox = openSecretBox(dataFolder, config)
  const place = { ...config, dataFolder }
  const told = onStep ? { onStep } : {}
  const database = await openDatabase({ config: place, entities, log, ...told })
  closing.push(() => database.close())
  const hub = new EventHub({ database, clock, log })
  const keeper = new PartitionKeeper({ database, clock, log })
  closing.push(
    () => hub.stop(),
    () => keeper.stop(),
  )
  const accounts = openAccounts({
    ...{ database, secretBox, clock, log, setUpToken: setUpTokenOf(config, secretBox) },
    ...{ publicUrl: config.publicUrl, mailer: openMailer(config.mail) },
    oauth: { config: config.oauth, guard: issuersGuard() },
  })
  closing.push(() => accounts.revocations.stop())
  const [workspace] = await Promise.all([
    ensureDefaultWorkspace(database, clock),
    hub.start(),
    keeper.start(),
    accounts.revocations.start(),
    furnishAddresses(database, secretBox, clock),
  ])
  if (accounts.setUp.needsToken && (await accounts.setUp.isNeeded()))
    onStep?.(`Set-up asks for this token: ${setUpTokenOf(config, secretBox)}`)
  return { ...options, database, secretBox, workspace, accounts, hub, keeper }
}

/** Issuers are named by whoever runs the server: they may be on its own network, as checks may not always be. */
function issuersGuard(): AddressGuard {
  return new AddressGuard({ targets: 'any', ownPorts: () => [] })
}

/** Who reaches a new server first must not own it: the same secret at every start, on every process. */
function setUpTokenOf({ setUpToken, isLocalOnly }: Config, box: SecretBox): string | undefined {
  const made = (): string => box.derive('set-up token').toString('base64url').slice(0, 24)
  return setUpToken ?? (isLocalOnly ? undefined : made())
}

interface Rooms {
  ownPorts: number[]
  service: MonitorService
  lifecycle: MonitorLifecycle
  tester: MonitorTester
  push: PushService
  pingAddresses: PingAddressService
  scheduler: Scheduler
  statusPages: StatusPageRoom
  jobs: { start(): void }[]
}

/** The rooms of the third floor. */
function furnish(ground: Ground, closing: Closing): Rooms {
  const { config, database, secretBox, workspace, hub, keeper, clock, log } = ground
  const ownPorts: number[] = []
  const { targets, targetsAllow: allow } = config
  const guard = new AddressGuard({ targets, allow, ownPorts: () => ownPorts })
  const check = (request: CheckRequest): ReturnType<typeof runCheck> =>
    runCheck(request, { guard, now: () => clock.now() })
  const mend = (error: unknown): Promise<boolean> => keeper.mend(error)
  const recorder = openRecorder({ database, hub, mend, clock, log })
  const service = new MonitorService({ database, hub, secretBox, clock })
  const watchList = new WatchList({ database, secretBox, log })
  const scheduler = new Scheduler({
    ...{ database, watchList, recorder, hub, check, clock, log },
    concurrency: config.checkConcurrency,
    workspaceIds: [workspace.id],
  })
  const { retentionDays, eventRetentionHours } = config
  const jobs = [
    new RollupJob({ database, clock, log }),
    new RetentionJob({ database, clock, log, retentionDays, eventRetentionHours }),
    new MonitorPurge({ database, clock, log }),
  ]
  closing.push(
    () => recorder.close(DRAIN_MS),
    () => Promise.all(jobs.map((job) => job.stop())),
    () => scheduler.stop(DRAIN_MS),
  )
  const lifecycle = new MonitorLifecycle({ database, hub, clock })
  const tester = new MonitorTester({ check, service })
  const provider = new JobProvider(service)
  const push = new PushService({
    ...{ database, recorder, clock },
    provide: (workspaceId, slug) => provider.provide(workspaceId, slug),
  })
  const pingAddresses = new PingAddressService({ database, hub, secretBox, clock })
  const statusPages = furnishStatusPages({ database, hub, secretBox, clock })
  return { ownPorts, service, lifecycle, tester, push, pingAddresses, scheduler, statusPages, jobs }
}

function assembleContract(
  { clock, accounts }: Ground,
  { service, lifecycle, tester, pingAddresses, statusPages }: Rooms,
): GraphQLSchema {
  const reader = new MonitorReader()
  return buildContract(resolvers, [
    ...accounts.resolvers,
    new MonitorResolver(reader, clock),
    new MonitorCounts(reader),
    new MonitorFields(service, clock),
    new MonitorMutations(service, lifecycle, tester, clock),
    new PushFields(service, pingAddresses, clock),
    new PushMutations(pingAddresses),
    ...statusPages.resolvers,
    new StatusPageLive(statusPages.reader),
  ])
}

/** The live transports: who speaks is said by the upgrade, the request, or the payload of connection_init. */
function openLive(
  { accounts, clock, log }: Ground,
  live: Live,
  front: Front,
): { eventSource: LiveEventSource; liveSocket: LiveSocket } {
  const { authenticator, rights } = accounts
  const { credentialsOf } = requestDoors(front)
  const isOriginAllowed: ConstructorParameters<typeof LiveSocket>[0]['isOriginAllowed'] = (
    origin,
    _host,
    request,
  ) => front.isOriginAllowed(origin, request)
  const common = { live, clock, log, rights, isOriginAllowed }
  const eventSource = new LiveEventSource({
    ...common,
    authenticate: (request) => authenticator.authenticate(credentialsOf(request)),
  })
  const liveSocket = new LiveSocket({
    ...common,
    isHostAllowed: (_host, request) => front.isHostAllowed(request),
    authenticate: (request, payload) => authenticator.authenticate(credentialsOf(request, payload)),
  })
  return { eventSource, liveSocket }
}

function probesOf({ database, hub }: Ground, { scheduler }: Rooms): HttpOptions['probes'] {
  return {
    database: () => database.isAlive(),
    scheduler: () => scheduler.isHealthy,
    log: () => hub.isHealthy,
  }
}

/** The fourth floor: GraphQL, its live transports, HTTP. Nothing listens yet. */
async function openDoors(
  ground: Ground,
  rooms: Rooms,
  closing: Closing,
): Promise<{ server: FastifyInstance; contract: string }> {
  const { config, database, accounts, hub, clock, log } = ground
  const [room, front] = [rooms.statusPages, new Front(config)]
  const { authenticator } = accounts
  const { credentialsOf, doorOf } = requestDoors(front)
  const schema = assembleContract(ground, rooms)
  const contract = printContract(schema)
  const presentError = errorPresenter(log)
  const openScope = (who: Actor): RequestContext => new RequestContext(database, who)
  const parts = { schema, hub, clock, log, openScope, validateOperation, presentError }
  const live = new Live({ ...parts, pages: room.views })
  const { eventSource, liveSocket } = openLive(ground, live, front)
  const apollo = await startGraphqlServer({ schema, clock, log, presentError })
  const server = await buildHttpServer({
    ...{ apollo, eventSource, liveSocket, push: rooms.push, contract, clock, log, front },
    tokens: { grants: accounts.grants, keys: accounts.signingKeys, doorOf, log },
    oauth: { flow: accounts.oauth, authenticator, credentialsOf, doorOf },
    audit: { audit: new AuditExport({ database }), authenticator, credentialsOf },
    openContext: async (request, reply) =>
      new RequestContext(
        database,
        await authenticator.authenticate(credentialsOf(request)),
        doorOf(request, reply),
      ),
    ...(await openPageDoors({ ...ground, room, schema, front, presentError }, closing)),
    web: config.serveWeb ? readWebBuild(config.webFolder, front.prefix) : undefined,
    probes: probesOf(ground, rooms),
  })
  closing.push(
    () => apollo.stop(),
    () => server.close(),
    () => liveSocket.close(),
    () => eventSource.close(),
  )
  return { server, contract }
}
