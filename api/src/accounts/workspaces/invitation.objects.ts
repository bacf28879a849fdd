import { Field, ID, InputType, Int, ObjectType } from 'type-graphql'
import type { Role } from '../../lib/actor.ts'
import { RoleEnum } from '../../lib/role.enum.ts'
import { UserError } from '../../lib/user-error.object.ts'
import { Viewer } from '../viewer/viewer.object.ts'
import { WorkspaceObject } from '../viewer/workspace.object.ts'

const WRONG = 'What must be put right.'
const INVITER = 'Who invited; null when they are gone.'
const UNTIL = 'Until when it holds.'

/** The GraphQL type `Invitation`. */
@ObjectType({ description: 'An open invitation.' })
export class Invitation {
  @Field(() => ID, { description: 'Its id.' })
  id: string

  @Field(() => String, {
    nullable: true,
    description: 'Whom it was sent to; null for a bare link.',
  })
  email: string | null

  @Field(() => RoleEnum, { description: 'The role that it gives.' })
  role: Role

  @Field(() => String, { nullable: true, description: INVITER })
  invitedBy: string | null

  @Field(() => Date, { description: 'When it was made.' })
  createdAt: Date

  @Field(() => Date, { description: UNTIL })
  expiresAt: Date
}

@ObjectType({ description: 'What somebody with an invitation link sees before accepting.' })
export class InvitationPreview {
  @Field(() => String, { description: 'The workspace that one joins.' })
  workspaceName: string

  @Field(() => RoleEnum, { description: 'The role that one gets.' })
  role: Role

  @Field(() => String, { nullable: true, description: INVITER })
  invitedBy: string | null

  @Field(() => String, { nullable: true, description: 'Whom it was sent to; null: anybody.' })
  email: string | null

  @Field(() => Date, { description: UNTIL })
  expiresAt: Date
}

@InputType({ description: 'An invitation.' })
export class InviteMemberInput {
  @Field(() => String, {
    nullable: true,
    description: 'Whom to send it to; absent: a bare link for anybody.',
  })
  email?: string | null

  @Field(() => RoleEnum, { description: 'The role that it gives; at most one’s own.' })
  role: Role

  @Field(() => Int, {
    nullable: true,
    description: 'How long it holds, 1 to 720 hours; absent: 168.',
  })
  expiresInHours?: number | null
}

@ObjectType({ description: 'The answer of inviteMember.' })
export class InviteMemberPayload {
  @Field(() => Invitation, { nullable: true, description: 'The invitation; null when refused.' })
  invitation: Invitation | null

  @Field(() => String, {
    nullable: true,
    description: 'The link to pass on, told once; null when refused.',
  })
  url: string | null

  @Field(() => Boolean, { description: 'Whether it was sent by e-mail.' })
  isSent: boolean

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@InputType({ description: 'Which invitation.' })
export class RevokeInvitationInput {
  @Field(() => ID, { description: 'Its id.' })
  id: string
}

@ObjectType({ description: 'The answer of revokeInvitation.' })
export class RevokeInvitationPayload {
  @Field(() => ID, {
    nullable: true,
    description: 'The id of the invitation that was taken back; null when refused.',
  })
  invitationId: string | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@InputType({ description: 'Accepts an invitation.' })
export class AcceptInvitationInput {
  @Field(() => String, { description: 'The secret of the link.' })
  token: string

  @Field(() => String, {
    nullable: true,
    description: 'The new person’s name; for who is not signed in.',
  })
  name?: string | null

  @Field(() => String, {
    nullable: true,
    description: 'The new person’s e-mail; absent: the one that was invited.',
  })
  email?: string | null

  @Field(() => String, { nullable: true, description: 'The new person’s password.' })
  password?: string | null
}

@ObjectType({ description: 'The answer of acceptInvitation.' })
export class AcceptInvitationPayload {
  @Field(() => WorkspaceObject, {
    nullable: true,
    description: 'The workspace that was joined; null when refused.',
  })
  workspace: WorkspaceObject | null

  @Field(() => Viewer, {
    nullable: true,
    description: 'Who is signed in now; null when refused.',
  })
  viewer: Viewer | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}
