import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import { withUserErrors } from '../../lib/user-error.object.ts'
import type { AccountScope } from '../request-door.ts'
import {
  RequestPasswordResetInput,
  RequestPasswordResetPayload,
  ResetPasswordInput,
  ResetPasswordPayload,
} from './password-reset.objects.ts'
import type { PasswordReset } from './password-reset.service.ts'

const input = 'The input.'

/** For who forgot their password. */
@Resolver()
export class PasswordResetResolver {
  constructor(private readonly passwordReset: PasswordReset) {}

  @Directive('@public')
  @Mutation(() => RequestPasswordResetPayload, {
    description: `Sends a link to set a new password, if there is such a person and e-mail is configured. The answer is the same for everybody.

\`\`\`graphql
mutation {
  requestPasswordReset(input: { email: "ada@example.com" }) { userErrors { path message } }
}
\`\`\``,
  })
  async requestPasswordReset(
    @Arg('input', () => RequestPasswordResetInput, { description: input })
    { email }: RequestPasswordResetInput,
    @Ctx() { door }: AccountScope,
  ): Promise<RequestPasswordResetPayload> {
    const { userErrors } = await withUserErrors(() => this.passwordReset.request(email, door))
    return { userErrors }
  }

  @Directive('@public')
  @Mutation(() => ResetPasswordPayload, {
    description: `Sets a new password with the secret of a reset link; ends every session of the person.

\`\`\`graphql
mutation {
  resetPassword(input: { token: "the secret of the link", password: "a longer horse battery" }) { isReset userErrors { path message } }
}
\`\`\``,
  })
  async resetPassword(
    @Arg('input', () => ResetPasswordInput, { description: input })
    { token, password }: ResetPasswordInput,
    @Ctx() { door }: AccountScope,
  ): Promise<ResetPasswordPayload> {
    const { userErrors } = await withUserErrors(() =>
      this.passwordReset.reset(token, password, door.ipAddress),
    )
    return { isReset: !userErrors.length, userErrors }
  }
}
