import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ID, ObjectType } from 'type-graphql'
import type { MonitorStatus } from '../../lib/status.ts'
import { MonitorStatusEnum } from '../status.enums.ts'

@ObjectType({ description: 'A stretch of time in which a monitor had one confirmed status.' })
export class StateSpan {
  @Field(() => ID, { description: 'Opaque; unique for the monitor and the beginning.' })
  id: string

  @Field(() => MonitorStatusEnum, { description: 'The status of the whole stretch.' })
  status: MonitorStatus

  @Field(() => GraphQLDateTime, {
    description: 'When it began: a failure begins at its first bad check, not at its confirmation.',
  })
  from: Date

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it ended; null while it lasts.',
  })
  to: Date | null

  @Field(() => String, { nullable: true, description: 'Why, in words.' })
  reason: string | null
}
