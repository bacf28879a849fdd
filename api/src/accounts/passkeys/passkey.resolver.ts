import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql'
import { AppError } from '../../lib/app-error.ts'
import { requirePerson } from '../../lib/permissions.ts'
import { withUserErrors } from '../../lib/user-error.object.ts'
import type { SignIn } from '../authentication/sign-in.ts'
import { SignInPayload } from '../authentication/sign-in.objects.ts'
import type { AccountScope } from '../request-door.ts'
import type { People } from '../users/people.ts'
import type { PasskeyService } from './passkey.service.ts'
import type { PasskeySignIn } from './passkey-sign-in.ts'
import {
  AddPasskeyInput,
  AddPasskeyPayload,
  BeginPasskeyRegistrationPayload,
  BeginPasskeySignInPayload,
  Passkey,
  RemovePasskeyInput,
  RemovePasskeyPayload,
  SignInWithPasskeyInput,
} from './passkey.objects.ts'

const input = 'The input.'

export interface PasskeyParts {
  people: Pick<People, 'findById'>
  passkeys: PasskeyService
  passkeySignIn: PasskeySignIn
  signIn: SignIn
}

/** The passkeys of the signed-in person, and signing in with one. */
@Resolver()
export class PasskeyResolver {
  constructor(private readonly parts: PasskeyParts) {}

  @Directive('@auth')
  @Query(() => [Passkey], { description: 'The passkeys of the signed-in person.' })
  passkeys(@Ctx() { actor }: AccountScope): Promise<Passkey[]> {
    return this.parts.passkeys.list(requirePerson(actor).userId)
  }

  @Directive('@auth')
  @Mutation(() => BeginPasskeyRegistrationPayload, {
    description: `The options for the browser’s \`navigator.credentials.create\`. The challenge holds for 5 minutes, once.

\`\`\`graphql
mutation {
  beginPasskeyRegistration { options userErrors { message } }
}
\`\`\``,
  })
  async beginPasskeyRegistration(
    @Ctx() { actor, door }: AccountScope,
  ): Promise<BeginPasskeyRegistrationPayload> {
    const user = await this.parts.people.findById(requirePerson(actor).userId)
    if (!user) throw new AppError('UNAUTHENTICATED', 'Sign in first.')
    const { value, userErrors } = await withUserErrors(() => this.parts.passkeys.begin(user, door))
    return { options: value, userErrors }
  }

  @Directive('@auth')
  @Mutation(() => AddPasskeyPayload, {
    description: `Adds a passkey with what \`navigator.credentials.create\` answered.

\`\`\`graphql
mutation {
  addPasskey(input: { name: "Laptop", response: {} }) { passkey { id name } userErrors { path message } }
}
\`\`\``,
  })
  async addPasskey(
    @Arg('input', () => AddPasskeyInput, { description: input }) given: AddPasskeyInput,
    @Ctx() { actor, door }: AccountScope,
  ): Promise<AddPasskeyPayload> {
    const { userId } = requirePerson(actor)
    const { value, userErrors } = await withUserErrors(() =>
      this.parts.passkeys.add(userId, given, door),
    )
    return { passkey: value, userErrors }
  }

  @Directive('@auth')
  @Mutation(() => RemovePasskeyPayload, {
    description: `Removes a passkey.

\`\`\`graphql
mutation {
  removePasskey(input: { id: "0190a000-0000-7000-8000-000000000000" }) { passkeyId userErrors { path message } }
}
\`\`\``,
  })
  async removePasskey(
    @Arg('input', () => RemovePasskeyInput, { description: input }) { id }: RemovePasskeyInput,
    @Ctx() { actor }: AccountScope,
  ): Promise<RemovePasskeyPayload> {
    const { userId } = requirePerson(actor)
    const { value, userErrors } = await withUserErrors(() => this.parts.passkeys.remove(userId, id))
    if (value === false) userErrors.push(unknown())
    return { passkeyId: value ? id : null, userErrors }
  }

  @Directive('@public')
  @Mutation(() => BeginPasskeySignInPayload, {
    description: `The options for the browser’s \`navigator.credentials.get\`. The challenge holds for 5 minutes, once.

\`\`\`graphql
mutation {
  beginPasskeySignIn { options userErrors { message } }
}
\`\`\``,
  })
  async beginPasskeySignIn(@Ctx() { door }: AccountScope): Promise<BeginPasskeySignInPayload> {
    const { value, userErrors } = await withUserErrors(() => this.parts.passkeySignIn.begin(door))
    return { options: value, userErrors }
  }

  @Directive('@public')
  @Mutation(() => SignInPayload, {
    description: `Signs in with what \`navigator.credentials.get\` answered.

\`\`\`graphql
mutation {
  signInWithPasskey(input: { response: {} }) { viewer { id name } userErrors { path message } }
}
\`\`\``,
  })
  async signInWithPasskey(
    @Arg('input', () => SignInWithPasskeyInput, { description: input })
    { response }: SignInWithPasskeyInput,
    @Ctx() { door }: AccountScope,
  ): Promise<SignInPayload> {
    const { passkeySignIn, signIn } = this.parts
    const { value: user, userErrors } = await withUserErrors(() =>
      passkeySignIn.check(response, door),
    )
    const viewer = user && (await signIn.finish(user, door))
    return { viewer, isCodeRequired: false, userErrors }
  }
}

function unknown(): RemovePasskeyPayload['userErrors'][number] {
  return { path: ['id'], code: 'NOT_FOUND', message: 'There is no such passkey.' }
}
