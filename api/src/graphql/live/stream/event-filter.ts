import {
  type EventTopic,
  type HeartbeatsFact,
  type LoggedEvent,
  topicOf,
} from '../../../events/index.ts'

/** What of an event a view shows: all of it, a part of its beats, or nothing. Pure. */
export type EventFilter = (event: LoggedEvent) => LoggedEvent | undefined

/** Every event, or those of some topics. */
export function byTopics(topics: readonly EventTopic[] | null | undefined): EventFilter {
  if (!topics) return (event) => event
  const wanted = new Set(topics)
  return (event) => (wanted.has(topicOf(event.kind)) ? event : undefined)
}

/** Everything about monitors, or about some of them; packed beats are reduced to theirs. */
export function byMonitors(ids: readonly string[] | null | undefined): EventFilter {
  if (!ids) return byTopics(['MONITOR', 'HEARTBEAT'])
  const wanted = new Set(ids)
  return (event) => {
    if (event.kind !== 'heartbeats.recorded')
      return 'monitorId' in event.body && wanted.has(event.body.monitorId) ? event : undefined
    const body = pick(event.body, wanted)
    return body && { ...event, body }
  }
}

function pick(beats: HeartbeatsFact, wanted: ReadonlySet<string>): HeartbeatsFact | undefined {
  const kept = beats.monitorIds.flatMap((id, n) => (wanted.has(id) ? [n] : []))
  if (!kept.length) return undefined
  if (kept.length === beats.monitorIds.length) return beats
  return {
    monitorIds: kept.map((n) => beats.monitorIds[n]!),
    slots: kept.map((n) => beats.slots[n]!),
    statuses: kept.map((n) => beats.statuses[n]!),
    latenciesUs: kept.map((n) => beats.latenciesUs[n] ?? null),
  }
}
