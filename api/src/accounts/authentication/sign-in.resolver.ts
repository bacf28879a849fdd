import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql'
import { withUserErrors } from '../../lib/user-error.object.ts'
import type { AccountScope } from '../request-door.ts'
import type { SessionService } from '../sessions/session.service.ts'
import type { SetUpService } from '../users/set-up.service.ts'
import { Viewer } from '../viewer/viewer.object.ts'
import type { ViewerReader } from '../viewer/viewer-reader.ts'
import type { PasswordSignIn } from './password-sign-in.ts'
import type { SignIn } from './sign-in.ts'
import {
  SetUpInput,
  SetUpPayload,
  SignInInput,
  SignInOptions,
  SignInPayload,
  type SignInProvider,
  SignOutPayload,
} from './sign-in.objects.ts'

export interface SignInParts {
  setUp: SetUpService
  passwords: PasswordSignIn
  signIn: SignIn
  sessions: SessionService
  viewers: ViewerReader
  providers: () => SignInProvider[]
  canSendMail: () => boolean
}

const input = 'The input.'

/** Who asks, and how to become somebody. */
@Resolver()
export class SignInResolver {
  constructor(private readonly parts: SignInParts) {}

  @Directive('@public')
  @Query(() => SignInOptions, {
    description:
      'What a visitor may do before signing in: whether the server still has to be set up, and the ways to sign in.',
  })
  async signInOptions(): Promise<SignInOptions> {
    const { setUp, providers, canSendMail } = this.parts
    const needsSetUp = await setUp.isNeeded()
    return {
      needsSetUp,
      needsSetUpToken: needsSetUp && setUp.needsToken,
      providers: providers(),
      canResetPassword: canSendMail(),
    }
  }

  @Directive('@public')
  @Query(() => Viewer, {
    nullable: true,
    description: 'Who asks; null when nobody is signed in.',
  })
  viewer(@Ctx() scope: AccountScope): Promise<Viewer | null> {
    return this.parts.viewers.of(scope.actor)
  }

  @Directive('@public')
  @Mutation(() => SetUpPayload, {
    description: `Makes the first person, who owns the first workspace, and signs them in. NOT_FOUND once it was done.

\`\`\`graphql
mutation {
  setUp(input: { name: "Ada", email: "ada@example.com", password: "correct horse battery", workspaceName: "Example" }) {
    viewer { id name }
    userErrors { path message }
  }
}
\`\`\``,
  })
  async setUp(
    @Arg('input', () => SetUpInput, { description: input }) given: SetUpInput,
    @Ctx() { door }: AccountScope,
  ): Promise<SetUpPayload> {
    const { setUp, signIn } = this.parts
    const { value, userErrors } = await withUserErrors(async () =>
      signIn.finish(await setUp.setUp(given, door.ipAddress), door),
    )
    return { viewer: value, userErrors }
  }

  @Directive('@public')
  @Mutation(() => SignInPayload, {
    description: `Signs in with e-mail and password. The session travels in a cookie; programs use POST /auth/token or an API token.

\`\`\`graphql
mutation {
  signIn(input: { email: "ada@example.com", password: "correct horse battery" }) {
    viewer { id name }
    isCodeRequired
    userErrors { path message }
  }
}
\`\`\``,
  })
  async signIn(
    @Arg('input', () => SignInInput, { description: input }) given: SignInInput,
    @Ctx() { door }: AccountScope,
  ): Promise<SignInPayload> {
    const { passwords, signIn } = this.parts
    const { value, userErrors } = await withUserErrors(() => passwords.check(given, door.ipAddress))
    if (!value) return { viewer: null, isCodeRequired: false, userErrors }
    if (!('user' in value)) return { viewer: null, isCodeRequired: true, userErrors }
    return { viewer: await signIn.finish(value.user, door), isCodeRequired: false, userErrors }
  }

  @Directive('@public')
  @Mutation(() => SignOutPayload, {
    description: `Ends the session that asks.

\`\`\`graphql
mutation {
  signOut { isSignedOut }
}
\`\`\``,
  })
  async signOut(@Ctx() { actor, door }: AccountScope): Promise<SignOutPayload> {
    door.clearSession()
    const isPerson = actor.kind === 'user' && actor.id && actor.credentialId
    const isSignedOut = isPerson
      ? await this.parts.sessions.revoke(actor.id!, actor.credentialId!)
      : false
    return { isSignedOut, userErrors: [] }
  }
}
