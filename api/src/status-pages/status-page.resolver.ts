import {
  Arg,
  Ctx,
  Directive,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql'
import { type ComponentStatus, ComponentStatusEnum } from '../components/index.ts'
import type { ReadScope } from '../db/read-scope.ts'
import { AppError } from '../lib/app-error.ts'
import { withUserErrors } from '../lib/user-error.object.ts'
import {
  CreateStatusPageInput,
  DeleteStatusPagesInput,
  UpdateStatusPageInput,
} from './editing/page.inputs.ts'
import type { StatusPageService } from './editing/status-page.service.ts'
import {
  CreateStatusPagePayload,
  DeleteStatusPagesPayload,
  StatusPage,
  StatusPageSection,
  UpdateStatusPagePayload,
} from './page.objects.ts'
import { findPage, listPages, sectionsLoader, statusOfPage } from './reading/page-reader.ts'

interface WritingScope extends ReadScope {
  refresh(): Promise<void>
}

const input = 'The input.'

/** Status pages as their editors see them. */
@Resolver(() => StatusPage)
export class StatusPageResolver {
  constructor(private readonly service: StatusPageService) {}

  @Directive('@auth(role: VIEWER, scope: "pages:read")')
  @Query(() => [StatusPage], { description: 'The status pages of the workspace, by title.' })
  statusPages(@Ctx() scope: ReadScope): Promise<StatusPage[]> {
    return listPages(scope)
  }

  @Directive('@auth(role: VIEWER, scope: "pages:read")')
  @Query(() => StatusPage, { description: 'One status page. NOT_FOUND when there is none.' })
  async statusPage(
    @Arg('id', () => ID, { description: 'Of the page.' }) id: string,
    @Ctx() scope: ReadScope,
  ): Promise<StatusPage> {
    const page = await findPage(scope, id)
    if (!page) throw new AppError('NOT_FOUND', 'There is no such status page.')
    return page
  }

  @FieldResolver(() => [StatusPageSection], { description: 'Its sections, in their order.' })
  sections(@Root() page: StatusPage, @Ctx() scope: ReadScope): Promise<StatusPageSection[]> {
    return sectionsLoader(scope).load(page.id)
  }

  @FieldResolver(() => ComponentStatusEnum, { description: 'How all of it is doing.' })
  status(@Root() page: StatusPage, @Ctx() scope: ReadScope): Promise<ComponentStatus> {
    return statusOfPage(scope, page)
  }

  @Directive('@auth(role: EDITOR, scope: "pages:write")')
  @Mutation(() => CreateStatusPagePayload, {
    description: `Creates a status page; it can be visited at once.

\`\`\`graphql
mutation {
  createStatusPage(input: { slug: "acme", title: "Acme", sections: [{ name: "Services", components: [{ name: "Website" }] }] }) {
    statusPage { id url }
    userErrors { path message }
  }
}
\`\`\``,
  })
  async createStatusPage(
    @Arg('input', () => CreateStatusPageInput, { description: input }) given: CreateStatusPageInput,
    @Ctx() scope: WritingScope,
  ): Promise<CreateStatusPagePayload> {
    const { value: id, userErrors } = await withUserErrors(() =>
      this.service.create(scope.actor, given),
    )
    await scope.refresh()
    return { statusPage: id ? await findPage(scope, id) : null, userErrors }
  }

  @Directive('@auth(role: EDITOR, scope: "pages:write")')
  @Mutation(() => UpdateStatusPagePayload, {
    description: `Changes a status page; visitors who have it open see it.

\`\`\`graphql
mutation {
  updateStatusPage(input: { id: "0190a000-0000-7000-8000-000000000000", title: "Acme status", theme: DARK }) {
    statusPage { title version }
    userErrors { path code message }
  }
}
\`\`\``,
  })
  async updateStatusPage(
    @Arg('input', () => UpdateStatusPageInput, { description: input }) given: UpdateStatusPageInput,
    @Ctx() scope: WritingScope,
  ): Promise<UpdateStatusPagePayload> {
    const { value, userErrors } = await withUserErrors(() =>
      this.service.update(scope.actor, given),
    )
    const isOutdated = userErrors.some(({ path }) => path[0] === 'expectedVersion')
    await scope.refresh()
    return { statusPage: value || isOutdated ? await findPage(scope, given.id) : null, userErrors }
  }

  @Directive('@auth(role: EDITOR, scope: "pages:write")')
  @Mutation(() => DeleteStatusPagesPayload, {
    description: `Deletes status pages with their sections and components. Monitors stay.

\`\`\`graphql
mutation {
  deleteStatusPages(input: { ids: ["0190a000-0000-7000-8000-000000000000"] }) {
    results { id userErrors { code } }
    userErrors { message }
  }
}
\`\`\``,
  })
  async deleteStatusPages(
    @Arg('input', () => DeleteStatusPagesInput, { description: input })
    { ids }: DeleteStatusPagesInput,
    @Ctx() { actor }: ReadScope,
  ): Promise<DeleteStatusPagesPayload> {
    const { value: found, userErrors } = await withUserErrors(() => this.service.delete(actor, ids))
    const code = 'NOT_FOUND' as const
    const missing = [{ path: ['ids'], code, message: 'There is no such status page.' }]
    const results = found ? ids.map((id) => ({ id, userErrors: found.has(id) ? [] : missing })) : []
    return { results, userErrors }
  }
}
