import { Field, ObjectType } from 'type-graphql'
import { PublicStatusPage } from '../../status-pages/index.ts'
import { CursorScalar } from './cursor.scalar.ts'

@ObjectType({
  description:
    'One message of a live status page: the page as it is now. A page on which nothing happens sends one every 15 s.',
})
export class StatusPageUpdate {
  @Field(() => CursorScalar, { description: 'Resume from here after a break.' })
  cursor: string

  @Field(() => Boolean, {
    description:
      'True: some states between your cursor and this one were not told. The page is fresh all the same.',
  })
  resync: boolean

  @Field(() => PublicStatusPage, { description: 'The page as it is now.' })
  page: PublicStatusPage
}
