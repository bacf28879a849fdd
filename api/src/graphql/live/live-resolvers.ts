import { eventMonitorResolvers } from './event-monitor.resolver.ts'
import { LiveResolver } from './live.resolver.ts'

/** The resolvers of the live part of the contract. They need nothing but a ReadScope as context. */
export const liveResolvers = [LiveResolver, ...eventMonitorResolvers] as const
