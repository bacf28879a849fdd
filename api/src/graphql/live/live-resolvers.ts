import { eventMonitorResolvers } from './event-monitor.resolver.ts'
import { LiveResolver } from './live.resolver.ts'
import { StatusPageLive } from './status-page-live.resolver.ts'

/** The resolvers of the live part of the contract. They need nothing but a ReadScope as context. */
export const liveResolvers = [LiveResolver, StatusPageLive, ...eventMonitorResolvers] as const
