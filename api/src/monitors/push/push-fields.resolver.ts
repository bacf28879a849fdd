import { GraphQLDateTime } from 'graphql-scalars'
import {
  Arg,
  Ctx,
  Directive,
  Field,
  FieldResolver,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql'
import { isTimeZone, nextTimes, problemOfCron } from '../../checks/index.ts'
import type { ReadScope } from '../../db/read-scope.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import type { MonitorService } from '../editing/monitor.service.ts'
import { Monitor } from '../monitor.entity.ts'
import { JobRun } from './job-run.object.ts'
import { jobRunsLoader } from './job-runs.loader.ts'
import type { PingAddressService } from './ping-address.service.ts'
import { pingSlugUrlOf } from './push-token.ts'

const MOST_RUNS = 100
const MOST_TIMES = 10
const LONGEST_CRON = 100

@ObjectType({ description: 'When a cron expression falls due, or why it can’t be read.' })
export class CronPreview {
  @Field(() => [GraphQLDateTime], {
    description: 'The next times (UTC); empty when it can’t be read.',
  })
  times: Date[]

  @Field(() => String, { nullable: true, description: 'What is wrong, for a person; else null.' })
  problem: string | null
}

/** What push monitors show beside the fields of all. */
@Resolver(() => Monitor)
export class PushFields {
  constructor(
    private readonly service: MonitorService,
    private readonly addresses: PingAddressService,
    private readonly clock: Clock,
  ) {}

  @Directive('@auth(role: EDITOR, scope: "monitors:write")')
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Where a push monitor waits for pings in the format of Healthchecks: a path on this server, to which /start, /fail, /log or an exit status may be added. Whoever knows it can ping. Null for other kinds.',
  })
  pingUrl(@Root() monitor: Monitor): string | null {
    return this.service.pingUrlOf(monitor)
  }

  @Directive('@auth(role: EDITOR, scope: "monitors:write")')
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The same by the ping key of the workspace and the slug. Whoever knows it can ping every push monitor of the workspace. Null for other kinds.',
  })
  async pingSlugUrl(@Root() monitor: Monitor, @Ctx() scope: ReadScope): Promise<string | null> {
    if (monitor.pingSlug === null) return null
    const key = await this.addresses.pingKey(await scope.manager(), scope.actor)
    return key && pingSlugUrlOf(key, monitor.pingSlug)
  }

  @FieldResolver(() => [JobRun], {
    description: 'The last runs of a push monitor’s job, newest first. Empty for other kinds.',
  })
  async jobRuns(
    @Root() monitor: Monitor,
    @Ctx() scope: ReadScope,
    @Arg('first', () => Int, {
      nullable: true,
      defaultValue: 20,
      description: 'How many at most, 1 to 100.',
    })
    first: number | null,
  ): Promise<JobRun[]> {
    const wanted = first ?? 20
    if (wanted < 1 || wanted > MOST_RUNS)
      throw AppError.invalid([
        { path: ['first'], code: 'LIMIT', message: '`first` must be from 1 to 100.' },
      ])
    if (monitor.pushTokenHash === null) return []
    return jobRunsLoader(scope).load({ monitorId: monitor.id, first: wanted })
  }

  @FieldResolver(() => JobRun, {
    nullable: true,
    description:
      'The last run of a push monitor’s job; null before the first, and for other kinds.',
  })
  async lastRun(@Root() monitor: Monitor, @Ctx() scope: ReadScope): Promise<JobRun | null> {
    return (await this.jobRuns(monitor, scope, 1))[0] ?? null
  }

  @Directive('@auth(role: VIEWER, scope: "monitors:read")')
  @Query(() => CronPreview, {
    description: 'When a cron expression of five fields falls due next, in a time zone.',
  })
  cronPreview(
    @Arg('cron', () => String, { description: 'Five fields, as in a crontab.' }) cron: string,
    @Arg('timeZone', () => String, {
      nullable: true,
      defaultValue: 'UTC',
      description: 'By its IANA name.',
    })
    timeZone: string | null,
    @Arg('first', () => Int, { nullable: true, defaultValue: 3, description: 'How many, 1 to 10.' })
    first: number | null,
  ): CronPreview {
    const zone = timeZone ?? 'UTC'
    const problem = cron.length > LONGEST_CRON ? 'This is too long.' : problemOfCron(cron)
    const wrong = problem ?? (isTimeZone(zone) ? null : 'There is no such time zone.')
    if (wrong) return { times: [], problem: wrong }
    const count = Math.min(Math.max(first ?? 3, 1), MOST_TIMES)
    return { times: nextTimes(cron, zone, this.clock.now(), count), problem: null }
  }
}
