import { Field, InputType, ObjectType } from 'type-graphql'
import { UserError } from '../../lib/user-error.object.ts'

const WRONG = 'What must be put right.'

@InputType({ description: 'Begins the second factor.' })
export class BeginTotpInput {
  @Field(() => String, { nullable: true, description: 'The password, where one is set.' })
  password?: string | null
}

@ObjectType({ description: 'The answer of beginTotp.' })
export class BeginTotpPayload {
  @Field(() => String, {
    nullable: true,
    description: 'The secret in base32, to type it; null when refused.',
  })
  secret: string | null

  @Field(() => String, {
    nullable: true,
    description: 'The otpauth:// address, to show it as a QR code; null when refused.',
  })
  uri: string | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@InputType({ description: 'Confirms the second factor.' })
export class ConfirmTotpInput {
  @Field(() => String, { description: 'The code that the app shows.' })
  code: string
}

@ObjectType({ description: 'The answer of confirmTotp.' })
export class ConfirmTotpPayload {
  @Field(() => [String], {
    nullable: true,
    description: 'Ten codes that each replace one code of the app, once; null when refused.',
  })
  recoveryCodes: string[] | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@InputType({ description: 'Turns the second factor off.' })
export class DisableTotpInput {
  @Field(() => String, { description: 'A code of the app or a recovery code.' })
  code: string
}

@ObjectType({ description: 'The answer of disableTotp.' })
export class DisableTotpPayload {
  @Field(() => Boolean, { description: 'Whether it is off.' })
  isDisabled: boolean

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@InputType({ description: 'Renews the recovery codes.' })
export class RenewRecoveryCodesInput {
  @Field(() => String, { description: 'A code of the app.' })
  code: string
}

@ObjectType({ description: 'The answer of renewRecoveryCodes.' })
export class RenewRecoveryCodesPayload {
  @Field(() => [String], {
    nullable: true,
    description: 'Ten new codes; the old ones are void. Null when refused.',
  })
  recoveryCodes: string[] | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}
