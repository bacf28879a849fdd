import { type HeartbeatsFact, type LoggedEvent, encodeCursor, topicOf } from '../../events/index.ts'
import { heartbeatStatusOf } from '../../lib/status.ts'
import {
  HeartbeatsRecorded,
  JobStarted,
  type LiveEvent,
  MonitorCreated,
  MonitorDeleted,
  MonitorStatusChanged,
  MonitorUpdated,
  PackedBeats,
  PageCreated,
  PageDeleted,
  PageUpdated,
} from './event.objects.ts'
import { LiveBatch } from './live-batch.object.ts'
import type { LiveSource } from './stream/live-source.ts'

/** A batch of the log in the types of the contract. */
export function wordBatch(source: LiveSource): LiveBatch {
  const { workspaceId, head, resync } = source
  const idOf = ({ position }: LoggedEvent): string =>
    encodeCursor(workspaceId, { epoch: head.epoch, position })
  const events = source.events.map((event) => wordEvent(event, idOf(event)))
  return Object.assign(new LiveBatch(), {
    cursor: encodeCursor(workspaceId, head),
    resync,
    events,
  })
}

function wordEvent(event: LoggedEvent, id: string): LiveEvent {
  return Object.assign(wordFact(event), { id, at: event.at, topic: topicOf(event.kind) })
}

function wordFact(event: LoggedEvent): LiveEvent {
  switch (event.kind) {
    case 'monitor.created':
      return Object.assign(new MonitorCreated(), event.body)
    case 'monitor.updated':
      return Object.assign(new MonitorUpdated(), event.body)
    case 'monitor.deleted':
      return Object.assign(new MonitorDeleted(), event.body)
    case 'monitor.statusChanged':
      return Object.assign(new MonitorStatusChanged(), event.body, {
        since: new Date(event.body.since),
      })
    case 'job.started':
      return Object.assign(new JobStarted(), event.body, {
        startedAt: new Date(event.body.startedAt),
      })
    case 'page.created':
      return Object.assign(new PageCreated(), event.body)
    case 'page.updated':
      return Object.assign(new PageUpdated(), event.body)
    case 'page.deleted':
      return Object.assign(new PageDeleted(), event.body)
    case 'heartbeats.recorded':
      return Object.assign(new HeartbeatsRecorded(), { beats: wordBeats(event.body) })
  }
}

function wordBeats(beats: HeartbeatsFact): PackedBeats {
  return Object.assign(new PackedBeats(), {
    monitorIds: beats.monitorIds,
    slots: beats.slots.map((slot) => new Date(slot)),
    statuses: beats.statuses.map(heartbeatStatusOf),
    latenciesMs: beats.latenciesUs.map((us) => (us === null ? null : us / 1_000)),
  })
}
