import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql'
import type { ReadScope } from '../../db/read-scope.ts'
import { Monitor, monitorLoader } from '../../monitors/index.ts'
import { MonitorCreated, MonitorStatusChanged, MonitorUpdated } from './event.objects.ts'

type MonitorEvent = typeof MonitorCreated | typeof MonitorUpdated | typeof MonitorStatusChanged

function linkMonitor(event: MonitorEvent): new () => object {
  @Resolver(() => event)
  class EventMonitorResolver {
    @FieldResolver(() => Monitor, {
      nullable: true,
      description: 'The monitor as it is now; null when it has been deleted.',
    })
    monitor(@Root() root: { monitorId: string }, @Ctx() scope: ReadScope): Promise<Monitor | null> {
      return monitorLoader(scope).load(root.monitorId)
    }
  }
  return EventMonitorResolver
}

/** Links from events to the monitors that they are about. */
export const eventMonitorResolvers = [
  linkMonitor(MonitorCreated),
  linkMonitor(MonitorUpdated),
  linkMonitor(MonitorStatusChanged),
] as const
