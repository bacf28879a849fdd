import { Field, ID, ObjectType } from 'type-graphql'
import type { Role } from '../../lib/actor.ts'
import { RoleEnum } from '../../lib/role.enum.ts'

/** The GraphQL type `Workspace`: a workspace as one of its members sees it. */
@ObjectType('Workspace', { description: 'A tenant: everything else belongs to exactly one.' })
export class WorkspaceObject {
  @Field(() => ID, { description: 'Its id.' })
  id: string

  @Field(() => String, { description: 'What people call it.' })
  name: string

  @Field(() => String, {
    description: 'Its name in addresses: `/w/<slug>/` and the header `allswell-workspace`.',
  })
  slug: string

  @Field(() => Date, { description: 'When it was made.' })
  createdAt: Date

  @Field(() => RoleEnum, { description: 'What the viewer may do there.' })
  role: Role
}
