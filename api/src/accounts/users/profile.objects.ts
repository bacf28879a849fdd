import { Field, InputType, ObjectType } from 'type-graphql'
import { UserError } from '../../lib/user-error.object.ts'
import { Theme, type ThemeName, Viewer } from '../viewer/viewer.object.ts'

const WRONG = 'What must be put right.'

@InputType({ description: 'Changes of the profile. Absent: as it is.' })
export class UpdateProfileInput {
  @Field(() => String, { nullable: true, description: '1 to 100 characters.' })
  name?: string | null

  @Field(() => String, { nullable: true, description: 'A BCP 47 tag; null: the browser’s.' })
  locale?: string | null

  @Field(() => String, { nullable: true, description: 'An IANA time zone; null: the browser’s.' })
  timeZone?: string | null

  @Field(() => Theme, { nullable: true, description: 'The theme.' })
  theme?: ThemeName | null
}

@ObjectType({ description: 'The answer of updateProfile.' })
export class UpdateProfilePayload {
  @Field(() => Viewer, { nullable: true, description: 'The person; null when refused.' })
  viewer: Viewer | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@InputType({ description: 'A new password.' })
export class ChangePasswordInput {
  @Field(() => String, {
    nullable: true,
    description: 'The present one; absent when none is set.',
  })
  currentPassword?: string | null

  @Field(() => String, { description: 'The new one.' })
  newPassword: string
}

@ObjectType({ description: 'The answer of changePassword.' })
export class ChangePasswordPayload {
  @Field(() => Boolean, { description: 'Whether it was changed.' })
  isChanged: boolean

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}
