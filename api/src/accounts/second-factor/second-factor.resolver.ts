import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import { AppError } from '../../lib/app-error.ts'
import { requirePerson } from '../../lib/permissions.ts'
import { withUserErrors } from '../../lib/user-error.object.ts'
import type { AccountScope } from '../request-door.ts'
import type { People } from '../users/people.ts'
import type { User } from '../users/user.entity.ts'
import {
  BeginTotpInput,
  BeginTotpPayload,
  ConfirmTotpInput,
  ConfirmTotpPayload,
  DisableTotpInput,
  DisableTotpPayload,
  RenewRecoveryCodesInput,
  RenewRecoveryCodesPayload,
} from './second-factor.objects.ts'
import type { SecondFactor } from './second-factor.service.ts'

const input = 'The input.'

/** The second factor of the signed-in person. */
@Resolver()
export class SecondFactorResolver {
  constructor(
    private readonly secondFactor: SecondFactor,
    private readonly people: Pick<People, 'findById'>,
  ) {}

  @Directive('@auth')
  @Mutation(() => BeginTotpPayload, {
    description: `Makes a secret for an authenticator app. It counts once \`confirmTotp\` has seen a code of it.

\`\`\`graphql
mutation {
  beginTotp(input: { password: "correct horse battery" }) { secret uri userErrors { path message } }
}
\`\`\``,
  })
  async beginTotp(
    @Arg('input', () => BeginTotpInput, { description: input }) { password }: BeginTotpInput,
    @Ctx() scope: AccountScope,
  ): Promise<BeginTotpPayload> {
    const { value, userErrors } = await withUserErrors(async () =>
      this.secondFactor.begin(await this.person(scope), password ?? null, scope.door.ipAddress),
    )
    return { secret: value?.secret ?? null, uri: value?.uri ?? null, userErrors }
  }

  @Directive('@auth')
  @Mutation(() => ConfirmTotpPayload, {
    description: `Turns the second factor on and answers the recovery codes, once.

\`\`\`graphql
mutation {
  confirmTotp(input: { code: "123456" }) { recoveryCodes userErrors { path message } }
}
\`\`\``,
  })
  async confirmTotp(
    @Arg('input', () => ConfirmTotpInput, { description: input }) { code }: ConfirmTotpInput,
    @Ctx() scope: AccountScope,
  ): Promise<ConfirmTotpPayload> {
    const { value, userErrors } = await withUserErrors(async () =>
      this.secondFactor.confirm(await this.person(scope), code, scope.door.ipAddress),
    )
    return { recoveryCodes: value, userErrors }
  }

  @Directive('@auth')
  @Mutation(() => DisableTotpPayload, {
    description: `Turns the second factor off.

\`\`\`graphql
mutation {
  disableTotp(input: { code: "123456" }) { isDisabled userErrors { path message } }
}
\`\`\``,
  })
  async disableTotp(
    @Arg('input', () => DisableTotpInput, { description: input }) { code }: DisableTotpInput,
    @Ctx() scope: AccountScope,
  ): Promise<DisableTotpPayload> {
    const { userErrors } = await withUserErrors(async () =>
      this.secondFactor.disable(await this.person(scope), code, scope.door.ipAddress),
    )
    return { isDisabled: !userErrors.length, userErrors }
  }

  @Directive('@auth')
  @Mutation(() => RenewRecoveryCodesPayload, {
    description: `Replaces the recovery codes and answers the new ones, once.

\`\`\`graphql
mutation {
  renewRecoveryCodes(input: { code: "123456" }) { recoveryCodes userErrors { path message } }
}
\`\`\``,
  })
  async renewRecoveryCodes(
    @Arg('input', () => RenewRecoveryCodesInput, { description: input })
    { code }: RenewRecoveryCodesInput,
    @Ctx() scope: AccountScope,
  ): Promise<RenewRecoveryCodesPayload> {
    const { value, userErrors } = await withUserErrors(async () =>
      this.secondFactor.renew(await this.person(scope), code, scope.door.ipAddress),
    )
    return { recoveryCodes: value, userErrors }
  }

  private async person({ actor }: AccountScope): Promise<User> {
    const user = await this.people.findById(requirePerson(actor).userId)
    if (!user) throw new AppError('UNAUTHENTICATED', 'Sign in first.')
    return user
  }
}
