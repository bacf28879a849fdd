import { Field, ID, InputType, ObjectType } from 'type-graphql'
import { UserError } from '../../lib/user-error.object.ts'

/** The GraphQL type `Identity`. */
@ObjectType({ description: 'An account at another provider.' })
export class Identity {
  @Field(() => ID, { description: 'Its id.' })
  id: string

  @Field(() => String, { description: 'Which provider, as in `SignInProvider.id`.' })
  provider: string

  @Field(() => String, { description: 'What the provider calls itself.' })
  title: string

  @Field(() => String, { nullable: true, description: 'The e-mail there, when it told one.' })
  email: string | null

  @Field(() => Date, { description: 'Since when it is attached.' })
  createdAt: Date
}

@InputType({ description: 'Which account at a provider.' })
export class RemoveIdentityInput {
  @Field(() => ID, { description: 'Its id.' })
  id: string
}

@ObjectType({ description: 'The answer of removeIdentity.' })
export class RemoveIdentityPayload {
  @Field(() => ID, {
    nullable: true,
    description: 'The id of what was removed; null when refused.',
  })
  identityId: string | null

  @Field(() => [UserError], { description: 'What must be put right.' })
  userErrors: UserError[]
}
