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
import { type UserError, withUserErrors } from '../lib/user-error.object.ts'
import { Monitor } from '../monitors/index.ts'
import type { ComponentService } from './editing/component.service.ts'
import {
  CreateComponentInput,
  DeleteComponentsInput,
  SetComponentStatusInput,
  UpdateComponentInput,
} from './editing/page.inputs.ts'
import type { StatusPageService } from './editing/status-page.service.ts'
import {
  CreateComponentPayload,
  DeleteComponentsPayload,
  SetComponentStatusPayload,
  StatusPageComponent,
  UpdateComponentPayload,
} from './page.objects.ts'
import { findComponent, monitorsOf, statusOfComponent } from './reading/page-reader.ts'

interface WritingScope extends ReadScope {
  refresh(): Promise<void>
}

const input = 'The input.'

/** Components one by one: what speaks for them, and what becomes of them. */
@Resolver(() => StatusPageComponent)
export class ComponentResolver {
  constructor(
    private readonly service: ComponentService,
    private readonly pages: StatusPageService,
  ) {}

  @Directive('@auth(role: VIEWER, scope: "pages:read")')
  @Query(() => StatusPageComponent, {
    description: 'One component of a status page. NOT_FOUND when there is none.',
  })
  async statusPageComponent(
    @Arg('id', () => ID, { description: 'Of the component.' }) id: string,
    @Ctx() scope: ReadScope,
  ): Promise<StatusPageComponent> {
    const component = await findComponent(scope, id)
    if (!component) throw new AppError('NOT_FOUND', 'There is no such component.')
    return component
  }

  @FieldResolver(() => [Monitor], { description: 'The monitors that speak for it.' })
  monitors(@Root() component: StatusPageComponent, @Ctx() scope: ReadScope): Promise<Monitor[]> {
    return monitorsOf(scope, component)
  }

  @FieldResolver(() => ComponentStatusEnum, { description: 'How it is doing.' })
  status(
    @Root() component: StatusPageComponent,
    @Ctx() scope: ReadScope,
  ): Promise<ComponentStatus> {
    return statusOfComponent(scope, component)
  }

  @Directive('@auth(role: EDITOR, scope: "pages:write")')
  @Mutation(() => CreateComponentPayload, {
    description: `Adds a component to a status page.

\`\`\`graphql
mutation {
  createComponent(input: { pageId: "0190a000-0000-7000-8000-000000000000", name: "Website" }) {
    component { id status }
    userErrors { path message }
  }
}
\`\`\``,
  })
  async createComponent(
    @Arg('input', () => CreateComponentInput, { description: input }) given: CreateComponentInput,
    @Ctx() scope: WritingScope,
  ): Promise<CreateComponentPayload> {
    const { value: id, userErrors } = await withUserErrors(() =>
      this.service.create(scope.actor, given),
    )
    await scope.refresh()
    return { component: id ? await findComponent(scope, id) : null, userErrors: plain(userErrors) }
  }

  @Directive('@auth(role: EDITOR, scope: "pages:write")')
  @Mutation(() => UpdateComponentPayload, {
    description: `Changes a component; visitors who have its page open see it.

\`\`\`graphql
mutation {
  updateComponent(input: { id: "abcdef012345", name: "Shop", showChart: true }) {
    component { id name }
    userErrors { path message }
  }
}
\`\`\``,
  })
  async updateComponent(
    @Arg('input', () => UpdateComponentInput, { description: input }) given: UpdateComponentInput,
    @Ctx() scope: WritingScope,
  ): Promise<UpdateComponentPayload> {
    const { value: id, userErrors } = await withUserErrors(() =>
      this.service.update(scope.actor, given),
    )
    await scope.refresh()
    return { component: id ? await findComponent(scope, id) : null, userErrors: plain(userErrors) }
  }

  @Directive('@auth(role: EDITOR, scope: "pages:write")')
  @Mutation(() => DeleteComponentsPayload, {
    description: `Deletes components. Their monitors stay.

\`\`\`graphql
mutation {
  deleteComponents(input: { ids: ["abcdef012345"] }) {
    results { id userErrors { code } }
    userErrors { message }
  }
}
\`\`\``,
  })
  async deleteComponents(
    @Arg('input', () => DeleteComponentsInput, { description: input })
    { ids }: DeleteComponentsInput,
    @Ctx() { actor }: ReadScope,
  ): Promise<DeleteComponentsPayload> {
    const { value: found, userErrors } = await withUserErrors(() => this.service.delete(actor, ids))
    const code = 'NOT_FOUND' as const
    const missing = [{ path: ['ids'], code, message: 'There is no such component.' }]
    const results = found ? ids.map((id) => ({ id, userErrors: found.has(id) ? [] : missing })) : []
    return { results, userErrors }
  }

  @Directive('@auth(role: EDITOR, scope: "pages:write")')
  @Mutation(() => SetComponentStatusPayload, {
    description: `Sets the state of a component by hand, or lets its monitors speak again.

\`\`\`graphql
mutation {
  setComponentStatus(input: { id: "abcdef012345", status: MAINTENANCE }) {
    component { id status }
    userErrors { message }
  }
}
\`\`\``,
  })
  async setComponentStatus(
    @Arg('input', () => SetComponentStatusInput, { description: input })
    { id, status }: SetComponentStatusInput,
    @Ctx() scope: WritingScope,
  ): Promise<SetComponentStatusPayload> {
    const { userErrors } = await withUserErrors(() =>
      this.pages.setComponentStatus(scope.actor, id, status ?? null),
    )
    await scope.refresh()
    return { component: userErrors.length ? null : await findComponent(scope, id), userErrors }
  }
}

/** Inside the structure of a page a problem has a longer path than in the input for one component. */
const plain = (errors: UserError[]): UserError[] =>
  errors.map((error) => {
    const at = error.path.indexOf('components')
    return at < 0 ? error : { ...error, path: error.path.slice(at + 2) }
  })
