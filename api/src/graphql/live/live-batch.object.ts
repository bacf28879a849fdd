import { Field, ObjectType } from 'type-graphql'
import { CursorScalar } from './cursor.scalar.ts'
import { LiveEvent } from './event.objects.ts'

@ObjectType({
  description:
    'One message of a live view: what happened up to `cursor`, in order. A view in which nothing happens sends an empty one every 15 s.',
})
export class LiveBatch {
  @Field(() => CursorScalar, {
    description: 'Everything up to here has been told; resume from here after a break.',
  })
  cursor: string

  @Field(() => Boolean, {
    description:
      'True: events between your cursor and this one can no longer be told. Query afresh, then go on from `cursor`.',
  })
  resync: boolean

  @Field(() => [LiveEvent], { description: 'The events, in the order of the log.' })
  events: LiveEvent[]
}
