import type { EventTopic } from '../../events/index.ts'
import { AppError } from '../../lib/app-error.ts'
import { type EventFilter, byMonitors, byTopics } from './stream/event-filter.ts'

const MOST_IDS = 500

type FieldArguments = Record<string, unknown>

/** What each subscription field shows of the log. A narrow view is one more entry. */
const FILTERS: Record<string, (args: FieldArguments) => EventFilter> = {
  events: ({ topics }) => byTopics(topics as EventTopic[] | null | undefined),
  monitorUpdates({ ids }) {
    const wanted = ids as string[] | null | undefined
    if (wanted && wanted.length > MOST_IDS)
      throw new AppError('INVALID', `ids are at most ${MOST_IDS}; leave them out to follow all.`)
    return byMonitors(wanted)
  },
}

/** The field that tells of a status page; which log that is, its slug says. */
export const PAGE_FIELD = 'statusPage'

/** The names of the subscription fields that are views of the event log. */
export const liveFieldNames: readonly string[] = [...Object.keys(FILTERS), PAGE_FIELD]

/** The filter of a subscription field. Throws INVALID for arguments that make no sense. */
export function filterOf(fieldName: string, args: FieldArguments): EventFilter {
  const make = FILTERS[fieldName]
  if (!make) throw new AppError('INVALID', `${fieldName} is not a live view.`)
  return make(args)
}
