import { Field, ObjectType } from 'type-graphql'

/** Where a page of a connection stands in its list; for every connection of the contract. */
@ObjectType({ description: 'Where a page stands in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether there is more after this page.' })
  hasNextPage: boolean

  @Field(() => Boolean, {
    description: 'Whether there is something before this page: true when `after` was given.',
  })
  hasPreviousPage: boolean

  @Field(() => String, { nullable: true, description: 'The cursor of the first item of the page.' })
  startCursor: string | null

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the last item of the page: pass it as `after` for the next page.',
  })
  endCursor: string | null
}
