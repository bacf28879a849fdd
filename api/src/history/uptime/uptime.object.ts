import { GraphQLDateTime } from 'graphql-scalars'
import { Field, Float, ObjectType } from 'type-graphql'

@ObjectType({
  description:
    'How a stretch of time was spent. Time in which we could not look counts as unknown, never as up or down.',
})
export class Uptime {
  @Field(() => Float, {
    nullable: true,
    description:
      'The share of up and degraded in the time that is known (up, degraded, down), 0 to 1; null when nothing is known.',
  })
  ratio: number | null

  @Field(() => Float, { description: 'Time up, in ms.' })
  upMs: number

  @Field(() => Float, { description: 'Time degraded, in ms.' })
  degradedMs: number

  @Field(() => Float, { description: 'Time down, in ms.' })
  downMs: number

  @Field(() => Float, { description: 'Time in maintenance, in ms.' })
  maintenanceMs: number

  @Field(() => Float, {
    description:
      'Time of which we know nothing, in ms: before the first result, or because of a fault of ours.',
  })
  unknownMs: number

  @Field(() => Float, { description: 'Time paused, in ms.' })
  pausedMs: number

  @Field(() => GraphQLDateTime, { description: 'Beginning of the window.' })
  from: Date

  @Field(() => GraphQLDateTime, { description: 'End of the window: now.' })
  to: Date
}
