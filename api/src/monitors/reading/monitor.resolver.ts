import { Arg, Args, Ctx, Directive, ID, Query, Resolver } from 'type-graphql'
import type { ReadScope } from '../../db/read-scope.ts'
import type { Clock } from '../../lib/clock.ts'
import { MonitorConnection } from './monitor-connection.object.ts'
import { MonitorsArgs } from './monitor.args.ts'
import { Monitor } from '../monitor.entity.ts'
import { MonitorKind, MonitorSuggestion } from '../kinds/monitor-kind.object.ts'
import { describeKinds, suggestMonitor } from '../kinds/monitor-kinds.ts'
import type { MonitorReader } from './monitor-reader.ts'

/** Questions about monitors. */
@Resolver()
export class MonitorResolver {
  constructor(
    private readonly reader: MonitorReader,
    private readonly clock: Clock,
  ) {}

  @Directive('@auth(role: VIEWER, scope: "monitors:read")')
  @Query(() => MonitorConnection, { description: 'The monitors of the workspace, page by page.' })
  async monitors(
    @Args(() => MonitorsArgs) args: MonitorsArgs,
    @Ctx() scope: ReadScope,
  ): Promise<MonitorConnection> {
    const selection = args.filter ?? {}
    const { items, hasNextPage } = await this.reader.list(scope, selection, {
      first: args.first ?? 50,
      after: args.after ?? null,
      orderBy: args.orderBy ?? 'PROBLEMS_FIRST',
      nowMs: this.clock.now(),
    })
    return {
      edges: items.map(({ cursor, monitor }) => ({ cursor, node: monitor })),
      nodes: items.map(({ monitor }) => monitor),
      pageInfo: {
        hasNextPage,
        hasPreviousPage: Boolean(args.after),
        startCursor: items[0]?.cursor ?? null,
        endCursor: items.at(-1)?.cursor ?? null,
      },
      selection,
    }
  }

  @Directive('@auth(role: VIEWER, scope: "monitors:read")')
  @Query(() => Monitor, { description: 'One monitor. NOT_FOUND when there is none with this id.' })
  monitor(
    @Arg('id', () => ID, { description: 'Which monitor.' }) id: string,
    @Ctx() scope: ReadScope,
  ): Promise<Monitor> {
    return this.reader.get(scope, id)
  }

  @Directive('@auth(role: VIEWER, scope: "monitors:read")')
  @Query(() => [MonitorKind], { description: 'The ways to check something, and their settings.' })
  monitorKinds(): MonitorKind[] {
    return describeKinds()
  }

  @Directive('@auth(role: VIEWER, scope: "monitors:read")')
  @Query(() => MonitorSuggestion, {
    nullable: true,
    description:
      'What a URL, a host:port or a domain could be watched as; null when nothing fits. Nothing is asked over the network.',
  })
  detectMonitor(
    @Arg('target', () => String, { description: 'What was pasted or typed.' }) target: string,
  ): MonitorSuggestion | null {
    return suggestMonitor(target)
  }
}
