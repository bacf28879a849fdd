import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql'
import { requirePerson } from '../../lib/permissions.ts'
import { withUserErrors } from '../../lib/user-error.object.ts'
import type { AccountScope } from '../request-door.ts'
import type { ViewerReader } from '../viewer/viewer-reader.ts'
import { WorkspaceObject } from '../viewer/workspace.object.ts'
import type { ProfileService } from './profile.service.ts'
import {
  ChangePasswordInput,
  ChangePasswordPayload,
  UpdateProfileInput,
  UpdateProfilePayload,
} from './profile.objects.ts'

const input = 'The input.'

/** The signed-in person. */
@Resolver()
export class ProfileResolver {
  constructor(
    private readonly profiles: ProfileService,
    private readonly viewers: ViewerReader,
  ) {}

  @Directive('@auth')
  @Query(() => [WorkspaceObject], {
    description: 'The workspaces of the signed-in person, by name.',
  })
  workspaces(@Ctx() { actor }: AccountScope): Promise<WorkspaceObject[]> {
    return this.viewers.workspacesOf(requirePerson(actor).userId)
  }

  @Directive('@auth')
  @Mutation(() => UpdateProfilePayload, {
    description: `Changes name, language, time zone, theme of the signed-in person.

\`\`\`graphql
mutation {
  updateProfile(input: { name: "Ada Lovelace", timeZone: "Europe/London", theme: DARK }) {
    viewer { name timeZone theme }
    userErrors { path message }
  }
}
\`\`\``,
  })
  async updateProfile(
    @Arg('input', () => UpdateProfileInput, { description: input }) given: UpdateProfileInput,
    @Ctx() { actor }: AccountScope,
  ): Promise<UpdateProfilePayload> {
    const { userErrors } = await withUserErrors(() => this.profiles.update(actor, given))
    return { viewer: userErrors.length ? null : await this.viewers.of(actor), userErrors }
  }

  @Directive('@auth')
  @Mutation(() => ChangePasswordPayload, {
    description: `Sets a new password; ends every other session of the person.

\`\`\`graphql
mutation {
  changePassword(input: { currentPassword: "correct horse battery", newPassword: "a longer horse battery" }) {
    isChanged
    userErrors { path message }
  }
}
\`\`\``,
  })
  async changePassword(
    @Arg('input', () => ChangePasswordInput, { description: input }) given: ChangePasswordInput,
    @Ctx() { actor }: AccountScope,
  ): Promise<ChangePasswordPayload> {
    const { userErrors } = await withUserErrors(() => this.profiles.changePassword(actor, given))
    return { isChanged: !userErrors.length, userErrors }
  }
}
