import { Arg, Ctx, Directive, Mutation, Resolver } from 'type-graphql'
import type { ReadScope } from '../../db/read-scope.ts'
import type { Clock } from '../../lib/clock.ts'
import { checkResultOf } from '../trial/check-result.ts'
import {
  CreateMonitorInput,
  DeleteMonitorsInput,
  PauseMonitorsInput,
  RestoreMonitorsInput,
  ResumeMonitorsInput,
  TestMonitorInput,
  UpdateMonitorInput,
} from './monitor.inputs.ts'
import {
  CreateMonitorPayload,
  DeleteMonitorsPayload,
  type MonitorResult,
  PauseMonitorsPayload,
  RestoreMonitorsPayload,
  ResumeMonitorsPayload,
  TestMonitorPayload,
  UpdateMonitorPayload,
} from './monitor.payloads.ts'
import { monitorLoader } from '../monitor.loaders.ts'
import type { MonitorLifecycle } from '../lifecycle/monitor-lifecycle.service.ts'
import type { MonitorService } from './monitor.service.ts'
import type { MonitorTester } from '../trial/monitor-tester.ts'
import { type UserError, withUserErrors } from '../../lib/user-error.object.ts'
import type { Command } from '../lifecycle/commands.ts'

/** A request's scope that can see what the request itself has just written. */
interface WritingScope extends ReadScope {
  refresh(): Promise<void>
}

const input = 'The input.'

/** Commands to monitors. */
@Resolver()
export class MonitorMutations {
  constructor(
    private readonly service: MonitorService,
    private readonly lifecycle: MonitorLifecycle,
    private readonly tester: MonitorTester,
    private readonly clock: Clock,
  ) {}

  @Directive('@auth(role: EDITOR, scope: "monitors:write")')
  @Mutation(() => CreateMonitorPayload, {
    description: `Creates a monitor; it is checked at once.

\`\`\`graphql
mutation {
  createMonitor(input: { name: "Example", settings: { http: { url: "https://example.com" } } }) {
    monitor { id status }
    userErrors { path message }
  }
}
\`\`\``,
  })
  async createMonitor(
    @Arg('input', () => CreateMonitorInput, { description: input }) given: CreateMonitorInput,
    @Ctx() scope: WritingScope,
  ): Promise<CreateMonitorPayload> {
    const { value: id, userErrors } = await withUserErrors(() =>
      this.service.create(scope.actor, given),
    )
    await scope.refresh()
    return { monitor: id ? await monitorLoader(scope).load(id) : null, userErrors }
  }

  @Directive('@auth(role: EDITOR, scope: "monitors:write")')
  @Mutation(() => UpdateMonitorPayload, {
    description: `Changes a monitor; it is checked at once with its new settings.

\`\`\`graphql
mutation {
  updateMonitor(input: { id: "0190a000-0000-7000-8000-000000000000", name: "Shop", intervalSeconds: 30 }) {
    monitor { id name version }
    userErrors { path code message }
  }
}
\`\`\``,
  })
  async updateMonitor(
    @Arg('input', () => UpdateMonitorInput, { description: input }) given: UpdateMonitorInput,
    @Ctx() scope: WritingScope,
  ): Promise<UpdateMonitorPayload> {
    const { value, userErrors } = await withUserErrors(() =>
      this.service.update(scope.actor, given),
    )
    const isOutdated = userErrors.some((error) => error.code === 'CONFLICT')
    await scope.refresh()
    const monitor = value || isOutdated ? await monitorLoader(scope).load(given.id) : null
    return { monitor, userErrors }
  }

  @Directive('@auth(role: EDITOR, scope: "monitors:write")')
  @Mutation(() => PauseMonitorsPayload, {
    description: `Stops checking monitors until they are resumed. What is paused already stays so.

\`\`\`graphql
mutation {
  pauseMonitors(input: { ids: ["0190a000-0000-7000-8000-000000000000"] }) {
    results { id monitor { status } userErrors { message } }
    userErrors { message }
  }
}
\`\`\``,
  })
  pauseMonitors(
    @Arg('input', () => PauseMonitorsInput, { description: input }) given: PauseMonitorsInput,
    @Ctx() scope: WritingScope,
  ): Promise<PauseMonitorsPayload> {
    return this.command(scope, 'pause', given.ids)
  }

  @Directive('@auth(role: EDITOR, scope: "monitors:write")')
  @Mutation(() => ResumeMonitorsPayload, {
    description: `Checks paused monitors again, at once.

\`\`\`graphql
mutation {
  resumeMonitors(input: { ids: ["0190a000-0000-7000-8000-000000000000"] }) {
    results { id monitor { status } userErrors { message } }
    userErrors { message }
  }
}
\`\`\``,
  })
  resumeMonitors(
    @Arg('input', () => ResumeMonitorsInput, { description: input }) given: ResumeMonitorsInput,
    @Ctx() scope: WritingScope,
  ): Promise<ResumeMonitorsPayload> {
    return this.command(scope, 'resume', given.ids)
  }

  @Directive('@auth(role: EDITOR, scope: "monitors:write")')
  @Mutation(() => DeleteMonitorsPayload, {
    description: `Deletes monitors. \`restoreMonitors\` brings them back within 24 hours, with their history.

\`\`\`graphql
mutation {
  deleteMonitors(input: { ids: ["0190a000-0000-7000-8000-000000000000"] }) {
    results { id userErrors { message } }
    userErrors { message }
  }
}
\`\`\``,
  })
  deleteMonitors(
    @Arg('input', () => DeleteMonitorsInput, { description: input }) given: DeleteMonitorsInput,
    @Ctx() scope: WritingScope,
  ): Promise<DeleteMonitorsPayload> {
    return this.command(scope, 'delete', given.ids)
  }

  @Directive('@auth(role: EDITOR, scope: "monitors:write")')
  @Mutation(() => RestoreMonitorsPayload, {
    description: `Brings back monitors that were deleted within the last 24 hours.

\`\`\`graphql
mutation {
  restoreMonitors(input: { ids: ["0190a000-0000-7000-8000-000000000000"] }) {
    results { id monitor { name status } userErrors { message } }
    userErrors { message }
  }
}
\`\`\``,
  })
  restoreMonitors(
    @Arg('input', () => RestoreMonitorsInput, { description: input }) given: RestoreMonitorsInput,
    @Ctx() scope: WritingScope,
  ): Promise<RestoreMonitorsPayload> {
    return this.command(scope, 'restore', given.ids)
  }

  @Directive('@auth(role: EDITOR, scope: "monitors:write")')
  @Mutation(() => TestMonitorPayload, {
    description: `Performs one check now and stores nothing.

\`\`\`graphql
mutation {
  testMonitor(input: { settings: { http: { url: "https://example.com" } } }) {
    result { status latencyMs message }
    userErrors { path message }
  }
}
\`\`\``,
  })
  async testMonitor(
    @Arg('input', () => TestMonitorInput, { description: input }) given: TestMonitorInput,
    @Ctx() scope: ReadScope,
  ): Promise<TestMonitorPayload> {
    const { value, userErrors } = await withUserErrors(() =>
      this.tester.test(scope, scope.actor, given),
    )
    return { result: value && checkResultOf(value, this.clock.now()), userErrors }
  }

  private async command(
    scope: WritingScope,
    command: Command,
    ids: readonly string[],
  ): Promise<{ results: MonitorResult[]; userErrors: UserError[] }> {
    const { value: found, userErrors } = await withUserErrors(() =>
      this.lifecycle.apply(scope.actor, command, ids),
    )
    await scope.refresh()
    if (!found) return { results: [], userErrors }
    const results = ids.map(async (id): Promise<MonitorResult> => {
      if (!found.has(id)) return { id, monitor: null, userErrors: [unknown(id)] }
      return { id, monitor: await monitorLoader(scope).load(id), userErrors: [] }
    })
    return { results: await Promise.all(results), userErrors }
  }
}

function unknown(id: string): UserError {
  return { path: ['ids', id], code: 'NOT_FOUND', message: 'There is no such monitor.' }
}
