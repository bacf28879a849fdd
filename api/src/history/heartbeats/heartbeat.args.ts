import { GraphQLDateTime } from 'graphql-scalars'
import { ArgsType, Field, ID, Int } from 'type-graphql'
import type { HeartbeatStatus } from '../../lib/status.ts'
import { HeartbeatStatusEnum } from '../status.enums.ts'

@ArgsType()
export class HeartbeatArgs {
  @Field(() => ID, { description: 'The monitor whose checks are wanted.' })
  monitorId: string

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Only checks due at or after it.' })
  from?: Date | null

  @Field(() => GraphQLDateTime, { nullable: true, description: 'Only checks due before it.' })
  to?: Date | null

  @Field(() => [HeartbeatStatusEnum], {
    nullable: true,
    description: 'Only checks with one of these results; absent or empty: all.',
  })
  statuses?: HeartbeatStatus[] | null

  @Field(() => Int, { defaultValue: 50, description: 'How many at most, 1 to 500.' })
  first: number

  @Field(() => String, { nullable: true, description: 'Only what follows this cursor.' })
  after?: string | null
}
