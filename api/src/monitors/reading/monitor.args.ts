import { ArgsType, Field, Int } from 'type-graphql'
import { MonitorFilter } from './monitor-connection.object.ts'
import { MonitorOrder } from './monitor-order.ts'

@ArgsType()
export class MonitorsArgs {
  @Field(() => Int, {
    nullable: true,
    defaultValue: 50,
    description: 'How many at most, 1 to 500.',
  })
  first: number | null

  @Field(() => String, {
    nullable: true,
    description: 'Begin after this cursor, taken from a page in the same order.',
  })
  after?: string | null

  @Field(() => MonitorFilter, { nullable: true, description: 'Which monitors; absent: all.' })
  filter?: MonitorFilter | null

  @Field(() => MonitorOrder, {
    nullable: true,
    defaultValue: MonitorOrder.PROBLEMS_FIRST,
    description: 'How to sort.',
  })
  orderBy: MonitorOrder | null
}
