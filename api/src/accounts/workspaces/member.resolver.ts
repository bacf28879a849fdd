import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql'
import { type UserError, withUserErrors } from '../../lib/user-error.object.ts'
import type { AccountScope } from '../request-door.ts'
import type { MemberReader } from './member-reader.ts'
import type { MemberService } from './member.service.ts'
import {
  ChangeMemberRoleInput,
  ChangeMemberRolePayload,
  LeaveWorkspacePayload,
  Member,
  ReinstateMemberInput,
  ReinstateMemberPayload,
  RemoveMemberInput,
  RemoveMemberPayload,
  SuspendMemberInput,
  SuspendMemberPayload,
  TransferOwnershipInput,
  TransferOwnershipPayload,
} from './member.objects.ts'

const input = 'The input.'
const MANAGE = '@auth(role: ADMIN, scope: "members:write")'

/** The members of the workspace. */
@Resolver()
export class MemberResolver {
  constructor(
    private readonly service: MemberService,
    private readonly reader: MemberReader,
  ) {}

  @Directive('@auth(role: VIEWER, scope: "members:read")')
  @Query(() => [Member], { description: 'The members of the workspace, by name.' })
  members(@Ctx() scope: AccountScope): Promise<Member[]> {
    return this.reader.list(scope)
  }

  @Directive(MANAGE)
  @Mutation(() => ChangeMemberRolePayload, {
    description: `Gives a member another role. Nobody gives or takes a role above their own; the last owner stays.

\`\`\`graphql
mutation {
  changeMemberRole(input: { userId: "0190a000-0000-7000-8000-000000000000", role: ADMIN }) { member { id role } userErrors { path message } }
}
\`\`\``,
  })
  changeMemberRole(
    @Arg('input', () => ChangeMemberRoleInput, { description: input })
    { userId, role }: ChangeMemberRoleInput,
    @Ctx() scope: AccountScope,
  ): Promise<ChangeMemberRolePayload> {
    return this.changed(scope, userId, () => this.service.changeRole(scope.actor, userId, role))
  }

  @Directive(MANAGE)
  @Mutation(() => SuspendMemberPayload, {
    description: `Shuts a member out until \`reinstateMember\`. Their sessions and sockets are refused within a second.

\`\`\`graphql
mutation {
  suspendMember(input: { userId: "0190a000-0000-7000-8000-000000000000" }) { member { id isSuspended } userErrors { path message } }
}
\`\`\``,
  })
  suspendMember(
    @Arg('input', () => SuspendMemberInput, { description: input }) { userId }: SuspendMemberInput,
    @Ctx() scope: AccountScope,
  ): Promise<SuspendMemberPayload> {
    return this.changed(scope, userId, () => this.service.suspend(scope.actor, userId))
  }

  @Directive(MANAGE)
  @Mutation(() => ReinstateMemberPayload, {
    description: `Lets a suspended member in again.

\`\`\`graphql
mutation {
  reinstateMember(input: { userId: "0190a000-0000-7000-8000-000000000000" }) { member { id isSuspended } userErrors { path message } }
}
\`\`\``,
  })
  reinstateMember(
    @Arg('input', () => ReinstateMemberInput, { description: input })
    { userId }: ReinstateMemberInput,
    @Ctx() scope: AccountScope,
  ): Promise<ReinstateMemberPayload> {
    return this.changed(scope, userId, () => this.service.reinstate(scope.actor, userId))
  }

  @Directive(MANAGE)
  @Mutation(() => RemoveMemberPayload, {
    description: `Removes a member from the workspace.

\`\`\`graphql
mutation {
  removeMember(input: { userId: "0190a000-0000-7000-8000-000000000000" }) { userId userErrors { path message } }
}
\`\`\``,
  })
  async removeMember(
    @Arg('input', () => RemoveMemberInput, { description: input }) { userId }: RemoveMemberInput,
    @Ctx() { actor }: AccountScope,
  ): Promise<RemoveMemberPayload> {
    const { userErrors } = await withUserErrors(() => this.service.remove(actor, userId))
    return { userId: userErrors.length ? null : userId, userErrors }
  }

  @Directive('@auth(role: VIEWER)')
  @Mutation(() => LeaveWorkspacePayload, {
    description: `Leaves the workspace. Refused to its last owner.

\`\`\`graphql
mutation {
  leaveWorkspace { workspaceId userErrors { message } }
}
\`\`\``,
  })
  async leaveWorkspace(@Ctx() { actor }: AccountScope): Promise<LeaveWorkspacePayload> {
    const { userErrors } = await withUserErrors(() => this.service.leave(actor))
    return { workspaceId: userErrors.length ? null : actor.workspaceId, userErrors }
  }

  @Directive('@auth(role: OWNER)')
  @Mutation(() => TransferOwnershipPayload, {
    description: `Makes another member the owner and oneself an admin.

\`\`\`graphql
mutation {
  transferOwnership(input: { userId: "0190a000-0000-7000-8000-000000000000" }) { member { id role } userErrors { path message } }
}
\`\`\``,
  })
  transferOwnership(
    @Arg('input', () => TransferOwnershipInput, { description: input })
    { userId }: TransferOwnershipInput,
    @Ctx() scope: AccountScope,
  ): Promise<TransferOwnershipPayload> {
    return this.changed(scope, userId, () => this.service.transfer(scope.actor, userId))
  }

  private async changed(
    scope: AccountScope,
    userId: string,
    work: () => Promise<void>,
  ): Promise<{ member: Member | null; userErrors: UserError[] }> {
    const { userErrors } = await withUserErrors(work)
    await scope.refresh()
    return { member: userErrors.length ? null : await this.reader.find(scope, userId), userErrors }
  }
}
