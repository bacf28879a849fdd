import { GraphQLDateTime } from 'graphql-scalars'
import { Field, Float, ID, InterfaceType, ObjectType, registerEnumType } from 'type-graphql'
import type { EventTopic } from '../../events/index.ts'
import { HeartbeatStatusEnum, MonitorStatusEnum } from '../../history/index.ts'
import type { HeartbeatStatus, MonitorStatus } from '../../lib/status.ts'

/** The GraphQL enum `Topic`. */
export const TopicEnum: { [Name in EventTopic]: Name } = {
  MONITOR: 'MONITOR',
  HEARTBEAT: 'HEARTBEAT',
  PAGE: 'PAGE',
}

registerEnumType(TopicEnum, {
  name: 'Topic',
  description: 'What an event is about.',
  valuesConfig: {
    MONITOR: { description: 'A monitor was created, changed, deleted, or shows another status.' },
    HEARTBEAT: { description: 'Checks were recorded, or a job began.' },
    PAGE: {
      description: 'A status page or one of its components was created, changed or deleted.',
    },
  },
})

@InterfaceType('Event', {
  description:
    'One entry of the event log: an immutable fact. Links to objects show the present state, or null when they are gone.',
})
export abstract class LiveEvent {
  @Field(() => ID, {
    description: 'The cursor right after this event; unique, and the same for every reader.',
  })
  id: string

  @Field(() => GraphQLDateTime, { description: 'When it happened (UTC, milliseconds).' })
  at: Date

  @Field(() => TopicEnum, { description: 'What it is about.' })
  topic: EventTopic
}

@ObjectType({ implements: LiveEvent, description: 'A monitor was created.' })
export class MonitorCreated extends LiveEvent {
  @Field(() => ID, { description: 'The monitor’s id.' })
  monitorId: string
}

@ObjectType({
  implements: LiveEvent,
  description: 'A monitor was edited, paused, resumed or restored.',
})
export class MonitorUpdated extends LiveEvent {
  @Field(() => ID, { description: 'The monitor’s id.' })
  monitorId: string
}

@ObjectType({ implements: LiveEvent, description: 'A monitor was deleted.' })
export class MonitorDeleted extends LiveEvent {
  @Field(() => ID, { description: 'The id that the monitor had.' })
  monitorId: string
}

@ObjectType({ implements: LiveEvent, description: 'A monitor shows another status.' })
export class MonitorStatusChanged extends LiveEvent {
  @Field(() => ID, { description: 'The monitor’s id.' })
  monitorId: string

  @Field(() => MonitorStatusEnum, { description: 'What it showed before.' })
  from: MonitorStatus

  @Field(() => MonitorStatusEnum, { description: 'What it shows from `since` on.' })
  to: MonitorStatus

  @Field(() => GraphQLDateTime, {
    description:
      'Since when the new status holds (UTC); may lie before `at`, which waited for confirmation.',
  })
  since: Date

  @Field(() => String, { nullable: true, description: 'Why, in words for people.' })
  reason: string | null
}

@ObjectType({
  description: 'Recorded checks as parallel lists: entry n of each list belongs to the same check.',
})
export class PackedBeats {
  @Field(() => [ID], { description: 'Which monitor was checked.' })
  monitorIds: string[]

  @Field(() => [GraphQLDateTime], { description: 'The scheduled times of the checks (UTC).' })
  slots: Date[]

  @Field(() => [HeartbeatStatusEnum], { description: 'What the checks said.' })
  statuses: HeartbeatStatus[]

  @Field(() => [Float], {
    nullable: 'items',
    description: 'How long the targets took, in milliseconds; null where nothing was measured.',
  })
  latenciesMs: (number | null)[]
}

@ObjectType({
  implements: LiveEvent,
  description:
    'Checks were recorded. Arrives at most four times a second; each carries all checks of one flush.',
})
export class HeartbeatsRecorded extends LiveEvent {
  @Field(() => PackedBeats, { description: 'The recorded checks.' })
  beats: PackedBeats
}

@ObjectType({ implements: LiveEvent, description: 'A job told a push monitor that it begins.' })
export class JobStarted extends LiveEvent {
  @Field(() => ID, { description: 'The monitor’s id.' })
  monitorId: string

  @Field(() => GraphQLDateTime, { description: 'When the job said so (UTC).' })
  startedAt: Date
}

@ObjectType({ implements: LiveEvent, description: 'A status page was created.' })
export class PageCreated extends LiveEvent {
  @Field(() => ID, { description: 'The page’s id.' })
  pageId: string
}

@ObjectType({
  implements: LiveEvent,
  description: 'A status page was edited, or a state of one of its components was set by hand.',
})
export class PageUpdated extends LiveEvent {
  @Field(() => ID, { description: 'The page’s id.' })
  pageId: string
}

@ObjectType({ implements: LiveEvent, description: 'A status page was deleted.' })
export class PageDeleted extends LiveEvent {
  @Field(() => ID, { description: 'The id that the page had.' })
  pageId: string
}
