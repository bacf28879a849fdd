import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql'
import type { ReadScope } from '../../db/read-scope.ts'
import { MonitorConnection, StatusCount } from './monitor-connection.object.ts'
import type { MonitorReader } from './monitor-reader.ts'

/** What a list counts only when it is asked for. */
@Resolver(() => MonitorConnection)
export class MonitorCounts {
  constructor(private readonly reader: MonitorReader) {}

  @FieldResolver(() => Int, { description: 'How many monitors fit the filter, over all pages.' })
  totalCount(@Root() { selection }: MonitorConnection, @Ctx() scope: ReadScope): Promise<number> {
    return this.reader.count(scope, selection)
  }

  @FieldResolver(() => [StatusCount], {
    description: 'How many monitors show each status; the filter’s own statuses are left aside.',
  })
  statusCounts(
    @Root() { selection }: MonitorConnection,
    @Ctx() scope: ReadScope,
  ): Promise<StatusCount[]> {
    return this.reader.statusCounts(scope, selection)
  }
}
