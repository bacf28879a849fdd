import { Arg, Ctx, Directive, Mutation, Query, Resolver } from 'type-graphql'
import { AppError } from '../../lib/app-error.ts'
import { withUserErrors } from '../../lib/user-error.object.ts'
import type { AccountScope } from '../request-door.ts'
import type { ViewerReader } from '../viewer/viewer-reader.ts'
import { WorkspaceObject } from '../viewer/workspace.object.ts'
import {
  CreateWorkspaceInput,
  CreateWorkspacePayload,
  UpdateWorkspaceInput,
  UpdateWorkspacePayload,
} from './workspace.objects.ts'
import type { WorkspaceService } from './workspace.service.ts'

const input = 'The input.'

/** The workspace of the request, and new ones. */
@Resolver()
export class WorkspaceResolver {
  constructor(
    private readonly service: WorkspaceService,
    private readonly viewers: ViewerReader,
  ) {}

  @Directive('@auth(role: VIEWER, scope: "members:read")')
  @Query(() => WorkspaceObject, { description: 'The workspace that this request acts in.' })
  async workspace(@Ctx() { actor }: AccountScope): Promise<WorkspaceObject> {
    const workspace = await this.viewers.workspaceOf(actor)
    if (!workspace) throw new AppError('NOT_FOUND', 'There is no such workspace.')
    return workspace
  }

  @Directive('@auth')
  @Mutation(() => CreateWorkspacePayload, {
    description: `Creates a workspace that the signed-in person owns.

\`\`\`graphql
mutation {
  createWorkspace(input: { name: "Second team" }) { workspace { id slug } userErrors { path message } }
}
\`\`\``,
  })
  async createWorkspace(
    @Arg('input', () => CreateWorkspaceInput, { description: input }) given: CreateWorkspaceInput,
    @Ctx() { actor }: AccountScope,
  ): Promise<CreateWorkspacePayload> {
    const { value, userErrors } = await withUserErrors(() => this.service.create(actor, given))
    const place = { workspaceId: value ?? '', role: 'owner' as const }
    return { workspace: value ? await this.viewers.workspaceOf(place) : null, userErrors }
  }

  @Directive('@auth(role: ADMIN)')
  @Mutation(() => UpdateWorkspacePayload, {
    description: `Changes name or address of the workspace.

\`\`\`graphql
mutation {
  updateWorkspace(input: { name: "Platform", slug: "platform" }) { workspace { name slug } userErrors { path message } }
}
\`\`\``,
  })
  async updateWorkspace(
    @Arg('input', () => UpdateWorkspaceInput, { description: input }) given: UpdateWorkspaceInput,
    @Ctx() { actor }: AccountScope,
  ): Promise<UpdateWorkspacePayload> {
    const { userErrors } = await withUserErrors(() => this.service.update(actor, given))
    return {
      workspace: userErrors.length ? null : await this.viewers.workspaceOf(actor),
      userErrors,
    }
  }
}
