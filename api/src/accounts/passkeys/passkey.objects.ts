import { GraphQLJSON } from 'graphql-scalars'
import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { UserError } from '../../lib/user-error.object.ts'

const WRONG = 'What must be put right.'
const OPTIONS = 'Options in the JSON form of WebAuthn; null when refused.'
const RESPONSE = 'The answer in the JSON form of WebAuthn.'

/** The GraphQL type `Passkey`. */
@ObjectType({ description: 'A passkey.' })
export class Passkey {
  @Field(() => ID, { description: 'Its id.' })
  id: string

  @Field(() => String, { description: 'What the person calls it.' })
  name: string

  @Field(() => Boolean, { description: 'Whether it is backed up and shared between devices.' })
  isSynced: boolean

  @Field(() => Date, { description: 'When it was added.' })
  createdAt: Date

  @Field(() => Date, { nullable: true, description: 'When it was last used; null: never.' })
  lastUsedAt: Date | null
}

@ObjectType({ description: 'The answer of beginPasskeyRegistration.' })
export class BeginPasskeyRegistrationPayload {
  @Field(() => GraphQLJSON, { nullable: true, description: OPTIONS })
  options: unknown

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@InputType({ description: 'A new passkey.' })
export class AddPasskeyInput {
  @Field(() => String, {
    nullable: true,
    description: 'What the person calls it, 1 to 100 characters; absent: the device in words.',
  })
  name?: string | null

  @Field(() => GraphQLJSON, { description: RESPONSE })
  response: unknown
}

@ObjectType({ description: 'The answer of addPasskey.' })
export class AddPasskeyPayload {
  @Field(() => Passkey, { nullable: true, description: 'The passkey; null when refused.' })
  passkey: Passkey | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@InputType({ description: 'Which passkey.' })
export class RemovePasskeyInput {
  @Field(() => ID, { description: 'Its id.' })
  id: string
}

@ObjectType({ description: 'The answer of removePasskey.' })
export class RemovePasskeyPayload {
  @Field(() => ID, {
    nullable: true,
    description: 'The id of what was removed; null when refused.',
  })
  passkeyId: string | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@ObjectType({ description: 'The answer of beginPasskeySignIn.' })
export class BeginPasskeySignInPayload {
  @Field(() => GraphQLJSON, { nullable: true, description: OPTIONS })
  options: unknown

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@InputType({ description: 'What the authenticator answered.' })
export class SignInWithPasskeyInput {
  @Field(() => GraphQLJSON, { description: RESPONSE })
  response: unknown
}
