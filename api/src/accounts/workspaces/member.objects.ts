import { Field, ID, InputType, ObjectType } from 'type-graphql'
import type { Role } from '../../lib/actor.ts'
import { RoleEnum } from '../../lib/role.enum.ts'
import { UserError } from '../../lib/user-error.object.ts'

const WRONG = 'What must be put right.'
const WHICH = 'Which member.'

/** The GraphQL type `Member`. */
@ObjectType({ description: 'A person in the workspace.' })
export class Member {
  @Field(() => ID, { description: 'The person’s id.' })
  id: string

  @Field(() => String, { description: 'The person’s name.' })
  name: string

  @Field(() => String, { description: 'The person’s e-mail.' })
  email: string

  @Field(() => RoleEnum, { description: 'What they may do.' })
  role: Role

  @Field(() => Boolean, { description: 'Whether they are shut out at the moment.' })
  isSuspended: boolean

  @Field(() => Boolean, { description: 'Whether the second factor is on.' })
  hasTotp: boolean

  @Field(() => Date, { description: 'Since when they are a member.' })
  joinedAt: Date

  @Field(() => Date, {
    nullable: true,
    description: 'When they were last seen, to within 5 minutes.',
  })
  lastSeenAt: Date | null

  @Field(() => Boolean, { description: 'Whether it is the viewer.' })
  isViewer: boolean
}

@InputType({ description: 'A member’s new role.' })
export class ChangeMemberRoleInput {
  @Field(() => ID, { description: WHICH })
  userId: string

  @Field(() => RoleEnum, { description: 'The new role.' })
  role: Role
}

@InputType({ description: WHICH })
export class SuspendMemberInput {
  @Field(() => ID, { description: WHICH })
  userId: string
}

@InputType({ description: WHICH })
export class ReinstateMemberInput {
  @Field(() => ID, { description: WHICH })
  userId: string
}

@InputType({ description: WHICH })
export class RemoveMemberInput {
  @Field(() => ID, { description: WHICH })
  userId: string
}

@InputType({ description: 'Who becomes the owner.' })
export class TransferOwnershipInput {
  @Field(() => ID, { description: WHICH })
  userId: string
}

@ObjectType({ description: 'The answer of changeMemberRole.' })
export class ChangeMemberRolePayload {
  @Field(() => Member, { nullable: true, description: 'The member; null when refused.' })
  member: Member | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@ObjectType({ description: 'The answer of suspendMember.' })
export class SuspendMemberPayload extends ChangeMemberRolePayload {}

@ObjectType({ description: 'The answer of reinstateMember.' })
export class ReinstateMemberPayload extends ChangeMemberRolePayload {}

@ObjectType({ description: 'The answer of transferOwnership.' })
export class TransferOwnershipPayload {
  @Field(() => Member, { nullable: true, description: 'The new owner; null when refused.' })
  member: Member | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@ObjectType({ description: 'The answer of removeMember.' })
export class RemoveMemberPayload {
  @Field(() => ID, {
    nullable: true,
    description: 'The id of who was removed; null when refused.',
  })
  userId: string | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@ObjectType({ description: 'The answer of leaveWorkspace.' })
export class LeaveWorkspacePayload {
  @Field(() => ID, {
    nullable: true,
    description: 'The id of the workspace that was left; null when refused.',
  })
  workspaceId: string | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}
