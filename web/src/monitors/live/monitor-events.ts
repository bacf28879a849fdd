import type { ApolloCache } from '@apollo/client'
import {
  MonitorRowFragmentDoc,
  type LiveSubscription,
  type MonitorRowFragment,
  type MonitorStatus,
} from '../../generated/operations.ts'
import type { LiveRoom } from '../../lib/apollo/index.ts'
import { addToList, removeFromList } from '../list/whole-list.ts'
import type { BeatRings, PackedBeats } from './beats.ts'
import { tellJobStarted } from './job-news.ts'

export type LiveEvent = LiveSubscription['events']['events'][number]

export interface StatusChange {
  monitorId: string
  name: string
  from: MonitorStatus
  to: MonitorStatus
  reason: string | null
}

export interface MonitorEventsOptions {
  rings: BeatRings
  /** Told once of each change of status, after the cache has it. */
  changed(changes: readonly StatusChange[]): void
}

/** Writes what happened to monitors into the cache and the rings. */
export function monitorEvents({ rings, changed }: MonitorEventsOptions): LiveRoom<LiveEvent> {
  return {
    apply(events, cache, isAgain) {
      const packs: PackedBeats[] = []
      const changes: StatusChange[] = []
      for (const event of events) {
        if (event.__typename === 'HeartbeatsRecorded') packs.push(event.beats)
        // Of what is no monitor’s, another view may tell.
        else if ('monitorId' in event) write(event, cache, rings)
        // Nothing was before its creation: its ring is whole from here.
        if (event.__typename === 'MonitorCreated' && !isAgain) rings.seed(event.monitorId, [])
        if (event.__typename === 'MonitorStatusChanged' && event.monitor && !isAgain)
          changes.push({ ...event, name: event.monitor.name })
      }
      rings.add(packs)
      if (changes.length > 0) changed(changes)
    },
    forget: () => rings.forget(),
  }
}

function write(
  event: Extract<LiveEvent, { monitorId: string }>,
  cache: ApolloCache,
  rings: BeatRings,
): void {
  const id = `Monitor:${event.monitorId}`
  switch (event.__typename) {
    case 'MonitorDeleted':
      removeFromList(cache, [event.monitorId])
      cache.evict({ id })
      rings.drop(event.monitorId)
      return
    case 'MonitorCreated':
    case 'MonitorUpdated':
      // It has been deleted since: that event follows.
      if (!event.monitor) return
      writeRow(cache, id, event.monitor)
      addToList(cache, [event.monitorId])
      return
    case 'MonitorStatusChanged':
      if (event.monitor) writeRow(cache, id, event.monitor)
      return
    case 'JobStarted':
      tellJobStarted(event.monitorId)
      return
    default:
      // A newer server may tell more than this page knows.
      event satisfies never
  }
}

function writeRow(cache: ApolloCache, id: string, row: MonitorRowFragment): void {
  // Without its type's name the cache would take the row for an empty object.
  const data = { __typename: 'Monitor', ...row }
  cache.writeFragment({ id, fragment: MonitorRowFragmentDoc, fragmentName: 'MonitorRow', data })
}
