import { GraphQLDateTime } from 'graphql-scalars'
import { Arg, Ctx, Directive, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import type { ReadScope } from '../../db/read-scope.ts'
import {
  Evidence,
  Heartbeat,
  LatencySeries,
  MonitorStatusEnum,
  StateSpan,
  Uptime,
  UptimeWindow,
  heartbeatOf,
  lastEvidenceLoader,
  latencySeriesLoader,
  stateSpanLoader,
  uptimeLoader,
} from '../../history/index.ts'
import type { Clock } from '../../lib/clock.ts'
import { type MonitorStatus, heartbeatStatusOf, monitorStatusOf } from '../../lib/status.ts'
import { certificateOf } from '../trial/check-result.ts'
import { Certificate } from '../trial/check-result.object.ts'
import { BeatMark } from './beat-mark.object.ts'
import { SettingValue } from '../kinds/monitor-kind.object.ts'
import { settingValuesOf } from '../kinds/monitor-kinds.ts'
import { monitorStateLoader } from '../monitor.loaders.ts'
import { Monitor } from '../monitor.entity.ts'
import type { MonitorService } from '../editing/monitor.service.ts'
import type { MonitorState } from '../monitor-state.entity.ts'
import { MonitorSettings, settingsOf } from '../settings/index.ts'
import { coveredUntil } from '../state/machine.ts'
import { readRing } from '../state/ring.ts'

const WINDOW = 'The stretch of time that ends now.'

/** What a monitor shows beside its own columns: its state, and its history by the loaders of that room. */
@Resolver(() => Monitor)
export class MonitorFields {
  constructor(
    private readonly service: MonitorService,
    private readonly clock: Clock,
  ) {}

  @FieldResolver(() => MonitorStatusEnum, { description: 'What is shown now.' })
  async status(@Root() monitor: Monitor, @Ctx() scope: ReadScope): Promise<MonitorStatus> {
    return monitorStatusOf((await stateOf(scope, monitor)).status)
  }

  @FieldResolver(() => GraphQLDateTime, {
    description: 'Since when: of a failure, the time of its first bad check.',
  })
  async statusSince(@Root() monitor: Monitor, @Ctx() scope: ReadScope): Promise<Date> {
    return (await stateOf(scope, monitor)).statusSince
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Why it is down, degraded or unknown, in words; else null.',
  })
  async reason(@Root() monitor: Monitor, @Ctx() scope: ReadScope): Promise<string | null> {
    return (await stateOf(scope, monitor)).reason
  }

  @FieldResolver(() => MonitorSettings, {
    description: 'The settings of its kind. Secrets show only as `has…`.',
  })
  settings(@Root() monitor: Monitor): object {
    return settingsOf(monitor.kind, monitor.settings, monitor.secrets)
  }

  @FieldResolver(() => [SettingValue], { description: 'The same settings as a list, for forms.' })
  settingValues(@Root() monitor: Monitor): SettingValue[] {
    return settingValuesOf(monitor)
  }

  @Directive('@auth(role: EDITOR, scope: "monitors:write")')
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Where a push monitor waits for its pushes: a path on this server. Whoever knows it can push. Null for other kinds.',
  })
  pushUrl(@Root() monitor: Monitor): string | null {
    return this.service.pushUrlOf(monitor)
  }

  @FieldResolver(() => Heartbeat, { nullable: true, description: 'The last recorded check.' })
  async lastHeartbeat(
    @Root() monitor: Monitor,
    @Ctx() scope: ReadScope,
  ): Promise<Heartbeat | null> {
    return lastHeartbeatOf(await stateOf(scope, monitor))
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description:
      'When it is checked next, or when the next push is missing. Null while paused, or when it is due now.',
  })
  async nextCheckAt(@Root() monitor: Monitor, @Ctx() scope: ReadScope): Promise<Date | null> {
    return (await stateOf(scope, monitor)).nextDueAt
  }

  @FieldResolver(() => Certificate, { nullable: true, description: 'The certificate last seen.' })
  async certificate(
    @Root() monitor: Monitor,
    @Ctx() scope: ReadScope,
  ): Promise<Certificate | null> {
    const { certificate } = await stateOf(scope, monitor)
    return certificate && certificateOf(certificate, this.clock.now())
  }

  @FieldResolver(() => [BeatMark], {
    description: 'The last checks, oldest first. Cheap, also in long lists.',
  })
  async recentHeartbeats(
    @Root() monitor: Monitor,
    @Ctx() scope: ReadScope,
    @Arg('limit', () => Int, {
      nullable: true,
      defaultValue: 30,
      description: 'How many at most, up to 50.',
    })
    limit: number | null,
  ): Promise<BeatMark[]> {
    const { recent } = await stateOf(scope, monitor)
    return readRing(recent, limit ?? 30).map((beat) => ({
      at: new Date(beat.atMs),
      status: heartbeatStatusOf(beat.status),
      latencyMs: beat.latencyUs === null ? null : beat.latencyUs / 1000,
    }))
  }

  @FieldResolver(() => Uptime, { description: 'How the time was spent.' })
  async uptime(
    @Root() monitor: Monitor,
    @Ctx() scope: ReadScope,
    @Arg('window', () => UptimeWindow, { defaultValue: UptimeWindow.DAY, description: WINDOW })
    window: UptimeWindow,
  ): Promise<Uptime> {
    const now = this.clock.now()
    return uptimeLoader(scope, now).load({ ...(await coverageOf(scope, monitor, now)), window })
  }

  @FieldResolver(() => LatencySeries, { description: 'Response times over time, for a chart.' })
  async latencySeries(
    @Root() monitor: Monitor,
    @Ctx() scope: ReadScope,
    @Arg('window', () => UptimeWindow, { defaultValue: UptimeWindow.DAY, description: WINDOW })
    window: UptimeWindow,
  ): Promise<LatencySeries> {
    const now = this.clock.now()
    const coverage = await coverageOf(scope, monitor, now)
    return latencySeriesLoader(scope, now).load({ ...coverage, window })
  }

  @FieldResolver(() => [StateSpan], { description: 'The changes of status, newest first.' })
  stateSpans(
    @Root() monitor: Monitor,
    @Ctx() scope: ReadScope,
    @Arg('from', () => GraphQLDateTime, {
      nullable: true,
      description: 'Only what lasted longer than until then.',
    })
    from: Date | null | undefined,
    @Arg('to', () => GraphQLDateTime, {
      nullable: true,
      description: 'Only what began before then.',
    })
    to: Date | null | undefined,
    @Arg('limit', () => Int, {
      nullable: true,
      defaultValue: 50,
      description: 'How many at most, 1 to 500.',
    })
    limit: number | null,
  ): Promise<StateSpan[]> {
    const key = { monitorId: monitor.id, from: from ?? null, to: to ?? null, limit: limit ?? 50 }
    return stateSpanLoader(scope).load(key)
  }

  @FieldResolver(() => Evidence, {
    nullable: true,
    description: 'The latest answer that was kept because something was wrong.',
  })
  lastEvidence(@Root() monitor: Monitor, @Ctx() scope: ReadScope): Promise<Evidence | null> {
    return lastEvidenceLoader(scope).load(monitor.id)
  }
}

async function stateOf(scope: ReadScope, monitor: Monitor): Promise<MonitorState> {
  const state = await monitorStateLoader(scope).load(monitor.id)
  if (!state) throw new Error(`Monitor ${monitor.id} has no state`)
  return state
}

async function coverageOf(
  scope: ReadScope,
  monitor: Monitor,
  nowMs: number,
): Promise<{ monitorId: string; coveredUntil?: number }> {
  const untilMs = coveredUntil((await stateOf(scope, monitor)).machine, nowMs)
  return { monitorId: monitor.id, ...(untilMs === null ? {} : { coveredUntil: untilMs }) }
}

function lastHeartbeatOf(state: MonitorState): Heartbeat | null {
  const { machine, lastStatus } = state
  if (lastStatus === null || !state.lastSlot) return null
  const slotUs = machine.lastBeat?.slotUs ?? state.lastSlot.getTime() * 1000
  return heartbeatOf(state.monitorId, {
    slotUs,
    status: lastStatus,
    latency_us: state.lastLatencyUs,
    status_code: state.lastStatusCode,
    timings: state.lastTimings,
    message: state.lastMessage,
  })
}
