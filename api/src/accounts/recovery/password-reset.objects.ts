import { Field, InputType, ObjectType } from 'type-graphql'
import { UserError } from '../../lib/user-error.object.ts'

const WRONG = 'What must be put right.'

@InputType({ description: 'Who forgot a password.' })
export class RequestPasswordResetInput {
  @Field(() => String, { description: 'The person’s e-mail.' })
  email: string
}

@ObjectType({ description: 'The answer of requestPasswordReset.' })
export class RequestPasswordResetPayload {
  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@InputType({ description: 'A new password by a reset link.' })
export class ResetPasswordInput {
  @Field(() => String, { description: 'The secret of the link.' })
  token: string

  @Field(() => String, { description: 'The new password.' })
  password: string
}

@ObjectType({ description: 'The answer of resetPassword.' })
export class ResetPasswordPayload {
  @Field(() => Boolean, { description: 'Whether the password was set.' })
  isReset: boolean

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}
