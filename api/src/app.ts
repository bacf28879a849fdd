import type { FastifyInstance } from 'fastify'
import { ensureDefaultWorkspace, localActor } from './accounts/index.ts'
import { type CheckRequest, runCheck } from './checks/index.ts'
import type { Config } from './config/index.ts'
import { type Database, makeDataFolder, openDatabase } from './db/index.ts'
import { entities, resolvers } from './entities.ts'
import { EventHub } from './events/index.ts'
import {
  buildContract,
  errorPresenter,
  isOwnOrigin,
  Live,
  LiveEventSource,
  LiveSocket,
  printContract,
  RequestContext,
  startGraphqlServer,
  validateOperation,
} from './graphql/index.ts'
import { PartitionKeeper, RetentionJob, RollupJob } from './history/index.ts'
import { buildHttpServer, isHostAllowed, listen, readWebBuild } from './http/index.ts'
import type { Actor } from './lib/actor.ts'
import type { Clock } from './lib/clock.ts'
import type { Log } from './lib/log.ts'
import { openSecretBox } from './lib/secret-box.ts'
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
  openRecorder,
  PushService,
  WatchList,
} from './monitors/index.ts'
import { AddressGuard } from './net/index.ts'
import { Scheduler } from './scheduler/index.ts'

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
  actor: Actor
  database: Database
  monitors: MonitorService
  /** Takes nothing new, lets what runs end, stores what waits, closes. */
  stop(): Promise<void>
}

/** Builds the house from the ground up, with plain constructors, and opens its doors. */
export async function startApp(options: AppOptions): Promise<App> {
  const { config, log, clock, onStep } = options
  const dataFolder = makeDataFolder(config.dataFolder)
  const secretBox = openSecretBox(dataFolder, config.masterKey)
  const database = await openDatabase({
    config: { ...config, dataFolder },
    entities,
    log,
    ...(onStep ? { onStep } : {}),
  })
  const closing: (() => unknown)[] = [() => database.close()]
  const stop = async (): Promise<void> => {
    while (closing.length) await closing.pop()?.()
  }
  try {
    const workspace = await ensureDefaultWorkspace(database, clock)
    const actor = localActor(workspace)
    const hub = new EventHub({ database, clock, log })
    const keeper = new PartitionKeeper({ database, clock, log })
    await Promise.all([hub.start(), keeper.start()])
    closing.push(
      () => hub.stop(),
      () => keeper.stop(),
    )

    const mend = (error: unknown): Promise<boolean> => keeper.mend(error)
    const recorder = openRecorder({ database, hub, mend, clock, log })
    const ports: number[] = []
    const guard = new AddressGuard({
      targets: config.targets,
      allow: config.targetsAllow,
      ownPorts: () => ports,
    })
    const check = (request: CheckRequest): ReturnType<typeof runCheck> =>
      runCheck(request, { guard, now: () => clock.now() })
    const service = new MonitorService({ database, hub, secretBox, clock })
    const lifecycle = new MonitorLifecycle({ database, hub, clock })
    const tester = new MonitorTester({ check, service })
    const push = new PushService({ database, recorder, clock })
    const scheduler = new Scheduler({
      database,
      watchList: new WatchList({ database, secretBox, log }),
      recorder,
      hub,
      check,
      clock,
      log,
      concurrency: config.checkConcurrency,
      workspaceIds: [workspace.id],
    })
    const jobs = [
      new RollupJob({ database, clock, log }),
      new RetentionJob({
        database,
        clock,
        log,
        retentionDays: config.retentionDays,
        eventRetentionHours: config.eventRetentionHours,
      }),
      new MonitorPurge({ database, clock, log }),
    ]

    const reader = new MonitorReader()
    const schema = buildContract(resolvers, [
      new MonitorResolver(reader, clock),
      new MonitorCounts(reader),
      new MonitorFields(service, clock),
      new MonitorMutations(service, lifecycle, tester, clock),
    ])
    const presentError = errorPresenter(log)
    const openContext = (): RequestContext => new RequestContext(database, actor)
    const live = new Live({
      schema,
      hub,
      clock,
      log,
      openScope: (who) => new RequestContext(database, who),
      validateOperation,
      presentError,
    })
    const doors = { live, clock, log, authenticate: () => actor, isOriginAllowed: isOwnOrigin }
    const eventSource = new LiveEventSource(doors)
    const liveSocket = new LiveSocket({ ...doors, isHostAllowed })
    const apollo = await startGraphqlServer({ schema, clock, log, presentError })
    const server: FastifyInstance = await buildHttpServer({
      apollo,
      openContext,
      eventSource,
      liveSocket,
      push,
      clock,
      log,
      contract: printContract(schema),
      web: config.serveWeb ? readWebBuild(config.webFolder) : undefined,
      probes: {
        database: () => database.isAlive(),
        scheduler: () => scheduler.isHealthy,
        log: () => hub.isHealthy,
      },
    })
    closing.push(
      () => apollo.stop(),
      () => recorder.close(DRAIN_MS),
      () => Promise.all(jobs.map((job) => job.stop())),
      () => scheduler.stop(DRAIN_MS),
      () => server.close(),
      () => liveSocket.close(),
      () => eventSource.close(),
    )
    ports.push(await listen(server, config.host, config.port))
    scheduler.start()
    for (const job of jobs) job.start()
    return { port: ports[0]!, actor, database, monitors: service, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
