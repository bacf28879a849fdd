import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql'
import { withUserErrors } from '../../lib/user-error.object.ts'
import type { SignIn } from '../authentication/sign-in.ts'
import type { AccountScope } from '../request-door.ts'
import type { ViewerReader } from '../viewer/viewer-reader.ts'
import type { InvitationAcceptance } from './invitation-acceptance.ts'
import {
  AcceptInvitationInput,
  AcceptInvitationPayload,
  Invitation,
  InvitationPreview,
  InviteMemberInput,
  InviteMemberPayload,
  RevokeInvitationInput,
  RevokeInvitationPayload,
} from './invitation.objects.ts'
import type { InvitationService } from './invitation.service.ts'

export interface InvitationParts {
  invitations: InvitationService
  acceptance: InvitationAcceptance
  signIn: SignIn
  viewers: ViewerReader
}

const input = 'The input.'
const MANAGE = '@auth(role: ADMIN, scope: "members:write")'

/** Invitations, from both ends. */
@Resolver()
export class InvitationResolver {
  constructor(private readonly parts: InvitationParts) {}

  @Directive('@auth(role: ADMIN, scope: "members:read")')
  @Query(() => [Invitation], {
    description: 'Invitations that have not been accepted, newest first.',
  })
  invitations(@Ctx() scope: AccountScope): Promise<Invitation[]> {
    return this.parts.invitations.list(scope)
  }

  @Directive('@public')
  @Query(() => InvitationPreview, {
    nullable: true,
    description:
      'What an invitation link leads to; null when it is unknown, used, revoked or expired.',
  })
  invitationPreview(
    @Arg('token', () => String, { description: 'The secret of the link.' }) token: string,
  ): Promise<InvitationPreview | null> {
    return this.parts.acceptance.preview(token)
  }

  @Directive(MANAGE)
  @Mutation(() => InviteMemberPayload, {
    description: `Invites somebody by a link, and by e-mail when it is configured. The link holds once, for 7 days unless said otherwise.

\`\`\`graphql
mutation {
  inviteMember(input: { email: "grace@example.com", role: EDITOR }) { invitation { id expiresAt } url isSent userErrors { path message } }
}
\`\`\``,
  })
  async inviteMember(
    @Arg('input', () => InviteMemberInput, { description: input }) given: InviteMemberInput,
    @Ctx() { actor, door }: AccountScope,
  ): Promise<InviteMemberPayload> {
    const { value, userErrors } = await withUserErrors(() =>
      this.parts.invitations.invite(actor, given, door),
    )
    return { ...(value ?? { invitation: null, url: null, isSent: false }), userErrors }
  }

  @Directive(MANAGE)
  @Mutation(() => RevokeInvitationPayload, {
    description: `Takes an invitation back.

\`\`\`graphql
mutation {
  revokeInvitation(input: { id: "0190a000-0000-7000-8000-000000000000" }) { invitationId userErrors { path message } }
}
\`\`\``,
  })
  async revokeInvitation(
    @Arg('input', () => RevokeInvitationInput, { description: input })
    { id }: RevokeInvitationInput,
    @Ctx() { actor }: AccountScope,
  ): Promise<RevokeInvitationPayload> {
    if (await this.parts.invitations.revoke(actor, id)) return { invitationId: id, userErrors: [] }
    const message = 'There is no such invitation.'
    return { invitationId: null, userErrors: [{ path: ['id'], code: 'NOT_FOUND', message }] }
  }

  @Directive('@public')
  @Mutation(() => AcceptInvitationPayload, {
    description: `Joins the workspace of an invitation: as the signed-in person, or as a new one with name, e-mail and password.

\`\`\`graphql
mutation {
  acceptInvitation(input: { token: "the secret of the link", name: "Grace", password: "correct horse battery" }) { workspace { slug } userErrors { path message } }
}
\`\`\``,
  })
  async acceptInvitation(
    @Arg('input', () => AcceptInvitationInput, { description: input }) given: AcceptInvitationInput,
    @Ctx() { actor, door }: AccountScope,
  ): Promise<AcceptInvitationPayload> {
    const { acceptance, signIn, viewers } = this.parts
    const { value, userErrors } = await withUserErrors(() => acceptance.accept(actor, given))
    if (!value) return { workspace: null, viewer: null, userErrors }
    const workspace = await viewers.workspaceOf(value)
    const isNew = actor.kind === 'anonymous'
    const viewer = isNew ? await signIn.finish(value.user, door) : await viewers.of(actor)
    return { workspace, viewer, userErrors }
  }
}
