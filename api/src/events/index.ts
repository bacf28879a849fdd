export { decodeCursor, encodeCursor } from './cursor.ts'
export { EventHub, type HubDatabase } from './event-hub.ts'
export {
  type CommittedEvents,
  type LogPage,
  type SqlRunner,
  appendEvents,
  readLog,
} from './event-log.ts'
export {
  type EventBodies,
  type EventKind,
  type EventTopic,
  type HeartbeatsFact,
  type LoggedEvent,
  type MonitorFact,
  type NewEvent,
  type PageFact,
  type StatusChangedFact,
  topicOf,
} from './event-kinds.ts'
export type { LogListener } from './feed.ts'
