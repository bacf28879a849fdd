import { Field, InputType, ObjectType } from 'type-graphql'
import { UserError } from '../../lib/user-error.object.ts'
import { WorkspaceObject } from '../viewer/workspace.object.ts'

const WRONG = 'What must be put right.'
const MADE = 'The workspace; null when refused.'

@InputType({ description: 'A new workspace.' })
export class CreateWorkspaceInput {
  @Field(() => String, { description: 'What people call it, 1 to 100 characters.' })
  name: string

  @Field(() => String, {
    nullable: true,
    description: 'Its name in addresses: 2 to 40 of a-z, 0-9 and -; absent: made from the name.',
  })
  slug?: string | null
}

@ObjectType({ description: 'The answer of createWorkspace.' })
export class CreateWorkspacePayload {
  @Field(() => WorkspaceObject, { nullable: true, description: MADE })
  workspace: WorkspaceObject | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@InputType({ description: 'Changes of the workspace. Absent: as it is.' })
export class UpdateWorkspaceInput {
  @Field(() => String, { nullable: true, description: '1 to 100 characters.' })
  name?: string | null

  @Field(() => String, { nullable: true, description: '2 to 40 of a-z, 0-9 and -.' })
  slug?: string | null
}

@ObjectType({ description: 'The answer of updateWorkspace.' })
export class UpdateWorkspacePayload {
  @Field(() => WorkspaceObject, { nullable: true, description: MADE })
  workspace: WorkspaceObject | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}
