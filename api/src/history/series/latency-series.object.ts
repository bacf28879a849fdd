import { GraphQLDateTime } from 'graphql-scalars'
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql'
import type { MonitorStatus } from '../../lib/status.ts'
import { MonitorStatusEnum } from '../status.enums.ts'

export const SeriesSource = { RAW: 'RAW', HOUR: 'HOUR', DAY: 'DAY' } as const
export type SeriesSource = keyof typeof SeriesSource

registerEnumType(SeriesSource, {
  name: 'SeriesSource',
  description: 'What a series was computed from.',
  valuesConfig: {
    RAW: { description: 'The recorded checks: percentiles are exact.' },
    HOUR: { description: 'Hours: percentiles are within 6 %.' },
    DAY: { description: 'Days (UTC): percentiles are within 6 %.' },
  },
})

const NONE = 'null when no check in the bucket was answered.'

@ObjectType({ description: 'Response times and status in one bucket of time.' })
export class LatencyPoint {
  @Field(() => GraphQLDateTime, { description: 'Beginning of the bucket.' })
  at: Date

  @Field(() => Int, { description: 'Checks recorded in the bucket, failed ones included.' })
  count: number

  @Field(() => Float, { nullable: true, description: `Mean response time in ms; ${NONE}` })
  avgMs: number | null

  @Field(() => Float, { nullable: true, description: `Shortest response time in ms; ${NONE}` })
  minMs: number | null

  @Field(() => Float, { nullable: true, description: `Longest response time in ms; ${NONE}` })
  maxMs: number | null

  @Field(() => Float, { nullable: true, description: `Median response time in ms; ${NONE}` })
  p50Ms: number | null

  @Field(() => Float, { nullable: true, description: `95th percentile in ms; ${NONE}` })
  p95Ms: number | null

  @Field(() => Float, { nullable: true, description: `99th percentile in ms; ${NONE}` })
  p99Ms: number | null

  @Field(() => MonitorStatusEnum, {
    description:
      'The worst confirmed status in the bucket: DOWN, DEGRADED, UNKNOWN (from 5 % of the bucket on), MAINTENANCE, UP, PAUSED, PENDING.',
  })
  status: MonitorStatus
}

@ObjectType({
  description:
    'Response times of a monitor over a window, oldest first, at most 300 points. Only checks that found it up or degraded are measured.',
})
export class LatencySeries {
  @Field(() => SeriesSource, { description: 'What the points were computed from.' })
  source: SeriesSource

  @Field(() => Int, { description: 'Length of a bucket, in seconds.' })
  bucketSeconds: number

  @Field(() => [LatencyPoint], {
    description:
      'One point for each bucket since the monitor has a history; empty buckets have count 0.',
  })
  points: LatencyPoint[]
}
