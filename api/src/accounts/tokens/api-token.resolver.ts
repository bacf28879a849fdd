import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql'
import { withUserErrors } from '../../lib/user-error.object.ts'
import type { AccountScope } from '../request-door.ts'
import { SCOPES } from '../scopes.ts'
import {
  ApiToken,
  CreateApiTokenInput,
  CreateApiTokenPayload,
  RevokeApiTokenInput,
  RevokeApiTokenPayload,
  TokenScope,
} from './api-token.objects.ts'
import type { ApiTokenService } from './api-token.service.ts'

const input = 'The input.'

/** The keys for programs. */
@Resolver()
export class ApiTokenResolver {
  constructor(private readonly service: ApiTokenService) {}

  @Directive('@auth(role: ADMIN)')
  @Query(() => [ApiToken], {
    description: 'The API tokens of the workspace that were not revoked, newest first.',
  })
  apiTokens(@Ctx() scope: AccountScope): Promise<ApiToken[]> {
    return this.service.list(scope)
  }

  @Directive('@auth')
  @Query(() => [TokenScope], { description: 'What an API token can be limited to.' })
  tokenScopes(): TokenScope[] {
    return Object.entries(SCOPES).map(([name, { description }]) => ({ name, description }))
  }

  @Directive('@auth(role: ADMIN)')
  @Mutation(() => CreateApiTokenPayload, {
    description: `Creates an API token. Its secret is answered once and never again.

\`\`\`graphql
mutation {
  createApiToken(input: { name: "Deploy script", role: EDITOR, expiresAt: "2030-01-01T00:00:00Z" }) { apiToken { id prefix } token userErrors { path message } }
}
\`\`\``,
  })
  async createApiToken(
    @Arg('input', () => CreateApiTokenInput, { description: input }) given: CreateApiTokenInput,
    @Ctx() { actor }: AccountScope,
  ): Promise<CreateApiTokenPayload> {
    const { value, userErrors } = await withUserErrors(() => this.service.create(actor, given))
    return { ...(value ?? { apiToken: null, token: null }), userErrors }
  }

  @Directive('@auth(role: ADMIN)')
  @Mutation(() => RevokeApiTokenPayload, {
    description: `Revokes an API token: requests and sockets with it are refused within a second.

\`\`\`graphql
mutation {
  revokeApiToken(input: { id: "0190a000-0000-7000-8000-000000000000" }) { apiTokenId userErrors { path message } }
}
\`\`\``,
  })
  async revokeApiToken(
    @Arg('input', () => RevokeApiTokenInput, { description: input }) { id }: RevokeApiTokenInput,
    @Ctx() { actor }: AccountScope,
  ): Promise<RevokeApiTokenPayload> {
    if (await this.service.revoke(actor, id)) return { apiTokenId: id, userErrors: [] }
    const message = 'There is no such API token.'
    return { apiTokenId: null, userErrors: [{ path: ['id'], code: 'NOT_FOUND', message }] }
  }
}
