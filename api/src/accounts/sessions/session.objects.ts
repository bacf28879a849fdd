import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { UserError } from '../../lib/user-error.object.ts'

const WRONG = 'What must be put right.'

export const SessionKindEnum = { BROWSER: 'browser', PROGRAM: 'program' } as const

registerEnumType(SessionKindEnum, {
  name: 'SessionKind',
  description: 'What a session is.',
  valuesConfig: {
    BROWSER: { description: 'A browser with a cookie.' },
    PROGRAM: { description: 'A program or a client of another site, with a refresh token.' },
  },
})

/** The GraphQL type `Session`. */
@ObjectType('Session', { description: 'A place where the person is signed in.' })
export class SessionObject {
  @Field(() => ID, { description: 'Its id.' })
  id: string

  @Field(() => SessionKindEnum, { description: 'Whether it is a browser or a program.' })
  kind: 'browser' | 'program'

  @Field(() => String, { description: 'Browser and system in words, such as Firefox on Linux.' })
  device: string

  @Field(() => String, { description: 'The address of its last use.' })
  ipAddress: string

  @Field(() => Date, { description: 'When the person signed in.' })
  createdAt: Date

  @Field(() => Date, { description: 'When it was last used, to within 5 minutes.' })
  lastSeenAt: Date

  @Field(() => Date, { description: 'When it ends, however it is used.' })
  expiresAt: Date

  @Field(() => Boolean, { description: 'Whether it is the session that asks.' })
  isCurrent: boolean
}

@InputType({ description: 'Which session.' })
export class RevokeSessionInput {
  @Field(() => ID, { description: 'Its id.' })
  id: string
}

@ObjectType({ description: 'The answer of revokeSession.' })
export class RevokeSessionPayload {
  @Field(() => ID, {
    nullable: true,
    description: 'The id of the session that was ended; null when refused.',
  })
  sessionId: string | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@ObjectType({ description: 'The answer of revokeOtherSessions.' })
export class RevokeOtherSessionsPayload {
  @Field(() => Int, { description: 'How many sessions were ended.' })
  count: number

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}
