import type { MonitorStatus } from '../lib/status.ts'

/** Which monitor an event is about, when that is all there is to say. */
export interface MonitorFact {
  monitorId: string
}

export interface StatusChangedFact extends MonitorFact {
  from: MonitorStatus
  to: MonitorStatus
  /** Since when the new status holds, in milliseconds since 1970. */
  since: number
  reason: string | null
}

/** The beats of one flush as parallel arrays: entry n of each belongs to one check. */
export interface HeartbeatsFact {
  monitorIds: string[]
  /** Scheduled times of the checks, in milliseconds since 1970. */
  slots: number[]
  /** Codes of `HEARTBEAT_STATUS`. */
  statuses: number[]
  /** Microseconds, or null where nothing was measured. */
  latenciesUs: (number | null)[]
}

/** A job told that it begins. */
export interface JobStartedFact extends MonitorFact {
  /** In milliseconds since 1970. */
  startedAt: number
}

/** Which status page an event is about. */
export interface PageFact {
  pageId: string
}

/** What each kind of event says. A body is an immutable fact and plain JSON. */
export interface EventBodies {
  'monitor.created': MonitorFact
  'monitor.updated': MonitorFact
  'monitor.deleted': MonitorFact
  'monitor.statusChanged': StatusChangedFact
  'heartbeats.recorded': HeartbeatsFact
  'job.started': JobStartedFact
  'page.created': PageFact
  'page.updated': PageFact
  'page.deleted': PageFact
}

export type EventKind = keyof EventBodies
export type EventTopic = 'MONITOR' | 'HEARTBEAT' | 'PAGE'

/** An event on its way into the log. */
export type NewEvent = {
  [K in EventKind]: { kind: K; at: Date; body: EventBodies[K] }
}[EventKind]

/** An event of the log. Positions of one workspace are dense: 1, 2, 3 … in the order of commits. */
export type LoggedEvent = NewEvent & { position: number }

const TOPICS: Record<EventKind, EventTopic> = {
  'monitor.created': 'MONITOR',
  'monitor.updated': 'MONITOR',
  'monitor.deleted': 'MONITOR',
  'monitor.statusChanged': 'MONITOR',
  'heartbeats.recorded': 'HEARTBEAT',
  'job.started': 'HEARTBEAT',
  'page.created': 'PAGE',
  'page.updated': 'PAGE',
  'page.deleted': 'PAGE',
}

/** The topic that a kind of event belongs to. */
export function topicOf(kind: EventKind): EventTopic {
  return TOPICS[kind]
}
