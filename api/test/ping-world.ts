import type { Database } from '../src/db/index.ts'
import { EventHub } from '../src/events/index.ts'
import { PartitionKeeper } from '../src/history/index.ts'
import { type Actor, systemActor } from '../src/lib/actor.ts'
import { silentLog } from '../src/lib/log.ts'
import { ManualClock } from '../src/lib/manual-clock.ts'
import { SecretBox } from '../src/lib/secret-box.ts'
import {
  JobProvider,
  Monitor,
  MonitorService,
  openRecorder,
  PingAddressService,
  PushService,
  type Recorder,
} from '../src/monitors/index.ts'
import { newWorkspace, sharedDatabase } from './database.ts'
import { HttpDoors } from './http-doors.ts'
import type { TestMonitor } from './monitors.ts'

/** A run as it is stored, in short. */
export interface StoredRun {
  kind: string
  rid: string | null
  duration: number | null
  exit: number | null
  body: string | null
}

export interface Job extends TestMonitor {
  /** The secret parts of its addresses. */
  pingId: string
  token: string
  slug: string
}

export interface Answer {
  status: number
  text: string
  headers: Headers
}

/** Every door for heartbeats over real HTTP, with a database behind it and a clock that is moved by hand. */
export class PingWorld {
  readonly clock = new ManualClock()
  database: Database
  actor: Actor
  service: MonitorService
  addresses: PingAddressService
  recorder: Recorder
  doors: HttpDoors

  static async open(): Promise<PingWorld> {
    const world = new PingWorld()
    const { clock } = world
    const database = (world.database = await sharedDatabase())
    world.actor = systemActor(await newWorkspace(database))
    const hub = new EventHub({ database, clock, log: silentLog })
    const keeper = new PartitionKeeper({ database, clock, log: silentLog })
    const mend = (error: unknown): Promise<boolean> => keeper.mend(error)
    await keeper.runOnce()
    await keeper.ensureDays(Date.now(), Date.now())
    const common = { database, hub, secretBox: new SecretBox(Buffer.alloc(32, 7)), clock }
    world.recorder = openRecorder({ ...common, mend, log: silentLog })
    world.service = new MonitorService(common)
    world.addresses = new PingAddressService(common)
    const provider = new JobProvider(world.service)
    const push = new PushService({
      ...{ database, recorder: world.recorder, clock },
      provide: (workspaceId, slug) => provider.provide(workspaceId, slug),
    })
    world.doors = await HttpDoors.open({
      push: {
        receive: (token, query) => push.receive(token, query),
        ping: (ping) => push.ping(ping),
        report: (token, report) => push.report(token, report),
      },
    })
    return world
  }

  async close(): Promise<void> {
    await this.doors.close()
    await this.recorder.close(0)
  }

  async job(name: string, settings: object = {}, isPaused = false): Promise<Job> {
    const { workspaceId } = this.actor
    const push = { periodSeconds: 600, graceSeconds: 60, ...settings }
    const input = { name, settings: { push }, isPaused }
    const id = await this.service.create(this.actor, input)
    const monitor = await this.database.write(workspaceId, (manager) =>
      manager.findOneByOrFail(Monitor, { workspaceId, id }),
    )
    const last = (path: string | null): string => path!.split('/').at(-1)!
    return {
      ...{ workspaceId, monitorId: id, slug: monitor.pingSlug! },
      pingId: last(this.service.pingUrlOf(monitor)),
      token: last(this.service.pushUrlOf(monitor)),
    }
  }

  /** The workspace's key in the open. */
  async pingKey(): Promise<string> {
    const { workspaceId } = this.actor
    const key = await this.database.write(workspaceId, (m) => this.addresses.pingKey(m, this.actor))
    return key!
  }

  async ask(path: string, init: RequestInit = {}): Promise<Answer> {
    const response = await fetch(`${this.doors.url}${path}`, init)
    return { status: response.status, text: await response.text(), headers: response.headers }
  }

  /** The runs of a job, oldest first. */
  async runs({ monitorId }: TestMonitor): Promise<StoredRun[]> {
    const rows: (Omit<StoredRun, 'body' | 'duration'> & {
      body: Buffer | null
      ms: string | null
    })[] = await this.database.worker.query(
      `select kind, rid, duration_ms as ms, exit_status as exit, body from job_run
          where monitor_id = $1 order by seq`,
      [monitorId],
    )
    return rows.map(({ body, ms, ...run }) => ({
      ...run,
      duration: ms === null ? null : Number(ms),
      body: body && body.toString('utf8'),
    }))
  }
}
