import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql'
import { requirePerson } from '../../lib/permissions.ts'
import { withUserErrors } from '../../lib/user-error.object.ts'
import type { AccountScope } from '../request-door.ts'
import { Identity, RemoveIdentityInput, RemoveIdentityPayload } from './identity.objects.ts'
import type { IdentityService } from './identity.service.ts'
import type { OAuthFlow } from './oauth-flow.ts'

/** The accounts at other providers that sign a person in. */
@Resolver()
export class IdentityResolver {
  constructor(
    private readonly service: IdentityService,
    private readonly flow: Pick<OAuthFlow, 'titleOf'>,
  ) {}

  @Directive('@auth')
  @Query(() => [Identity], {
    description: 'The accounts at other providers that sign this person in.',
  })
  async identities(@Ctx() { actor }: AccountScope): Promise<Identity[]> {
    const identities = await this.service.list(requirePerson(actor).userId)
    return identities.map(({ id, provider, email, createdAt }) => {
      return { id, provider, title: this.flow.titleOf(provider), email, createdAt }
    })
  }

  @Directive('@auth')
  @Mutation(() => RemoveIdentityPayload, {
    description: `Detaches an account at another provider. Refused when it is the last way to sign in.

\`\`\`graphql
mutation {
  removeIdentity(input: { id: "0190a000-0000-7000-8000-000000000000" }) { identityId userErrors { path message } }
}
\`\`\``,
  })
  async removeIdentity(
    @Arg('input', () => RemoveIdentityInput, { description: 'The input.' })
    { id }: RemoveIdentityInput,
    @Ctx() { actor }: AccountScope,
  ): Promise<RemoveIdentityPayload> {
    const { userId } = requirePerson(actor)
    const { userErrors } = await withUserErrors(() => this.service.remove(userId, id))
    return { identityId: userErrors.length ? null : id, userErrors }
  }
}
