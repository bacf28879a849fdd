import { Field, ID, InputType, ObjectType } from 'type-graphql'
import type { Role } from '../../lib/actor.ts'
import { RoleEnum } from '../../lib/role.enum.ts'
import { UserError } from '../../lib/user-error.object.ts'

const WRONG = 'What must be put right.'

/** The GraphQL type `ApiToken`. */
@ObjectType({ description: 'A key for programs.' })
export class ApiToken {
  @Field(() => ID, { description: 'Its id.' })
  id: string

  @Field(() => String, { description: 'What people call it.' })
  name: string

  @Field(() => String, { description: 'The first characters of the secret, to recognise it.' })
  prefix: string

  @Field(() => RoleEnum, { description: 'What it may do.' })
  role: Role

  @Field(() => [String], {
    nullable: true,
    description: 'What it is limited to; null: whatever its role may do.',
  })
  scopes: string[] | null

  @Field(() => String, { nullable: true, description: 'Who made it; null when they are gone.' })
  createdBy: string | null

  @Field(() => Date, { description: 'When it was made.' })
  createdAt: Date

  @Field(() => Date, { nullable: true, description: 'Until when it holds; null: for ever.' })
  expiresAt: Date | null

  @Field(() => Date, {
    nullable: true,
    description: 'When it was last used, to within a minute; null: never.',
  })
  lastUsedAt: Date | null
}

@ObjectType({ description: 'Something that an API token can be limited to.' })
export class TokenScope {
  @Field(() => String, { description: 'Its name, such as monitors:read.' })
  name: string

  @Field(() => String, { description: 'What it allows.' })
  description: string
}

@InputType({ description: 'A new API token.' })
export class CreateApiTokenInput {
  @Field(() => String, { description: 'What people call it, 1 to 100 characters.' })
  name: string

  @Field(() => RoleEnum, {
    nullable: true,
    description: 'What it may do, at most one’s own role; absent: VIEWER, or what its scopes need.',
  })
  role?: Role | null

  @Field(() => [String], {
    nullable: true,
    description: 'What it is limited to, by name; absent or null: whatever its role may do.',
  })
  scopes?: string[] | null

  @Field(() => Date, {
    nullable: true,
    description: 'Until when it holds; absent or null: for ever.',
  })
  expiresAt?: Date | null
}

@ObjectType({ description: 'The answer of createApiToken.' })
export class CreateApiTokenPayload {
  @Field(() => ApiToken, { nullable: true, description: 'The token; null when refused.' })
  apiToken: ApiToken | null

  @Field(() => String, {
    nullable: true,
    description: 'The secret, told once; null when refused.',
  })
  token: string | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@InputType({ description: 'Which API token.' })
export class RevokeApiTokenInput {
  @Field(() => ID, { description: 'Its id.' })
  id: string
}

@ObjectType({ description: 'The answer of revokeApiToken.' })
export class RevokeApiTokenPayload {
  @Field(() => ID, {
    nullable: true,
    description: 'The id of the token that was revoked; null when refused.',
  })
  apiTokenId: string | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}
