import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import { MonitorStatusEnum, PageInfo } from '../../history/index.ts'
import type { MonitorStatus } from '../../lib/status.ts'
import { Monitor } from '../monitor.entity.ts'
import type { MonitorSelection } from './monitor-query.ts'

@InputType({ description: 'Which monitors are meant; what is absent does not narrow the list.' })
export class MonitorFilter implements MonitorSelection {
  @Field(() => String, {
    nullable: true,
    description: 'A part of the name or of the target, capitals and small letters alike.',
  })
  search?: string | null

  @Field(() => [MonitorStatusEnum], { nullable: true, description: 'Any of these statuses.' })
  statuses?: MonitorStatus[] | null

  @Field(() => [String], { nullable: true, description: 'Any of these kinds of check.' })
  kinds?: string[] | null

  @Field(() => [ID], { nullable: true, description: 'Any of these monitors.' })
  ids?: string[] | null
}

@ObjectType({ description: 'A monitor and its place in the list.' })
export class MonitorEdge {
  @Field(() => String, { description: 'The place of this item: pass it as `after`.' })
  cursor: string

  @Field(() => Monitor, { description: 'The monitor.' })
  node: Monitor
}

@ObjectType({ description: 'How many monitors show a status.' })
export class StatusCount {
  @Field(() => MonitorStatusEnum, { description: 'The status that is shown.' })
  status: MonitorStatus

  @Field(() => Int, { description: 'How many monitors show it; statuses of none are left out.' })
  count: number
}

/** `totalCount` and `statusCounts` are computed only when they are asked for. */
@ObjectType({ description: 'One page of monitors.' })
export class MonitorConnection {
  @Field(() => [MonitorEdge], { description: 'The items with their cursors.' })
  edges: MonitorEdge[]

  @Field(() => [Monitor], { description: 'The items alone.' })
  nodes: Monitor[]

  @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
  pageInfo: PageInfo

  selection: MonitorSelection
}
