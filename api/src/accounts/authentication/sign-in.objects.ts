import { Field, ID, InputType, ObjectType, registerEnumType } from 'type-graphql'
import { UserError } from '../../lib/user-error.object.ts'
import { Viewer } from '../viewer/viewer.object.ts'

const WRONG = 'What must be put right.'
const SIGNED_IN = 'Who is signed in now; null when refused.'

export const SignInProviderKind = { GOOGLE: 'google', GITHUB: 'github', OIDC: 'oidc' } as const

registerEnumType(SignInProviderKind, {
  name: 'SignInProviderKind',
  description: 'The kinds of sign-in providers.',
  valuesConfig: {
    GOOGLE: { description: 'Google.' },
    GITHUB: { description: 'GitHub or GitHub Enterprise.' },
    OIDC: { description: 'Any OpenID Connect issuer.' },
  },
})

/** The GraphQL type `SignInProvider`. */
@ObjectType({ description: 'A provider that signs people in by OAuth or OpenID Connect.' })
export class SignInProvider {
  @Field(() => ID, {
    description: 'Its name in addresses: google, github, or the configured one.',
  })
  id: string

  @Field(() => String, { description: 'What the button says.' })
  title: string

  @Field(() => SignInProviderKind, { description: 'Which mark the button shows.' })
  kind: 'google' | 'github' | 'oidc'

  @Field(() => String, {
    description:
      'Where the browser goes to sign in: a path on this server; `?next=` leads back to a page of the app.',
  })
  url: string
}

@ObjectType({ description: 'What a visitor may do before signing in.' })
export class SignInOptions {
  @Field(() => Boolean, { description: 'True until `setUp` was done.' })
  needsSetUp: boolean

  @Field(() => Boolean, {
    description: 'Whether `setUp` needs the token that the start of the server has printed.',
  })
  needsSetUpToken: boolean

  @Field(() => [SignInProvider], { description: 'The providers that are configured.' })
  providers: SignInProvider[]

  @Field(() => Boolean, {
    description: 'Whether a forgotten password can be set anew by e-mail.',
  })
  canResetPassword: boolean
}

@InputType({ description: 'The first person and the first workspace.' })
export class SetUpInput {
  @Field(() => String, { description: 'The person’s name, 1 to 100 characters.' })
  name: string

  @Field(() => String, { description: 'The person’s e-mail.' })
  email: string

  @Field(() => String, { description: 'At least 10 characters and not easily guessed.' })
  password: string

  @Field(() => String, { description: 'What the workspace is called, 1 to 100 characters.' })
  workspaceName: string

  @Field(() => String, {
    nullable: true,
    description:
      'The token that the start has printed; needed when the server listens on more than this machine.',
  })
  setUpToken?: string | null
}

@ObjectType({ description: 'The answer of setUp.' })
export class SetUpPayload {
  @Field(() => Viewer, { nullable: true, description: SIGNED_IN })
  viewer: Viewer | null

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@InputType({ description: 'Who signs in.' })
export class SignInInput {
  @Field(() => String, { description: 'The person’s e-mail.' })
  email: string

  @Field(() => String, { description: 'The password.' })
  password: string

  @Field(() => String, {
    nullable: true,
    description:
      'The code of the authenticator app, or a recovery code; needed when the second factor is on.',
  })
  code?: string | null
}

/** The answer of every way to sign in. */
@ObjectType({ description: 'The answer of a sign-in.' })
export class SignInPayload {
  @Field(() => Viewer, { nullable: true, description: SIGNED_IN })
  viewer: Viewer | null

  @Field(() => Boolean, {
    description: 'True when the password was right and a code is needed.',
  })
  isCodeRequired: boolean

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}

@ObjectType({ description: 'The answer of signOut.' })
export class SignOutPayload {
  @Field(() => Boolean, {
    description: 'Whether a session was ended; false when nobody was signed in.',
  })
  isSignedOut: boolean

  @Field(() => [UserError], { description: WRONG })
  userErrors: UserError[]
}
