import { GraphQLDateTime } from 'graphql-scalars'
import { Field, Float, ObjectType } from 'type-graphql'
import { HeartbeatStatusEnum } from '../../history/index.ts'
import type { HeartbeatStatus } from '../../lib/status.ts'

@ObjectType({ description: 'One recent check, as small as a bar in a chart needs it.' })
export class BeatMark {
  @Field(() => GraphQLDateTime, {
    description: 'The scheduled time of the check, or the arrival of a push.',
  })
  at: Date

  @Field(() => HeartbeatStatusEnum, { description: 'What this one check said.' })
  status: HeartbeatStatus

  @Field(() => Float, {
    nullable: true,
    description: 'Response time in ms; null when nothing answered.',
  })
  latencyMs: number | null
}
