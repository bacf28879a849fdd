import { Arg, Ctx, Directive, ID, Int, Query, Resolver, Root, Subscription } from 'type-graphql'
import type { ReadScope } from '../../db/read-scope.ts'
import { type EventTopic, encodeCursor } from '../../events/index.ts'
import { CursorScalar } from './cursor.scalar.ts'
import { TopicEnum } from './event.objects.ts'
import { eventsSince } from './events-since.ts'
import { LiveBatch } from './live-batch.object.ts'
import { wordBatch } from './live-wording.ts'
import type { LiveSource } from './stream/live-source.ts'

const DEFAULT_PAGE = 500
const AFTER =
  'Where to resume: every event after it is told first, in order. Absent: begin at now. ' +
  'INVALID when it is no cursor of this workspace.'

/** `Live` puts its own source in the place of this one as soon as it takes the schema over. */
const notLive = (): never => {
  throw new Error('Nothing feeds the live views of this schema')
}

@Resolver()
export class LiveResolver {
  @Directive('@auth(role: VIEWER, scope: "monitors:read")')
  @Query(() => LiveBatch, {
    description:
      'What happened since a cursor, for scripts and long polling. Without a cursor: an empty batch with the present one.',
  })
  async eventsSince(
    @Ctx() scope: ReadScope,
    @Arg('after', () => CursorScalar, { nullable: true, description: AFTER })
    after: string | null | undefined,
    @Arg('limit', () => Int, {
      nullable: true,
      defaultValue: DEFAULT_PAGE,
      description:
        'The most events to answer, from 1 to 1,000; ask again from `cursor` for the rest.',
    })
    limit: number | null,
  ): Promise<LiveBatch> {
    return wordBatch(await eventsSince(scope, after, limit ?? DEFAULT_PAGE))
  }

  @Directive('@auth(role: VIEWER, scope: "monitors:read")')
  @Query(() => CursorScalar, {
    description:
      'The position of the event log at which this whole answer was read: subscribe from it and nothing is missed.',
  })
  async liveCursor(@Ctx() scope: ReadScope): Promise<string> {
    return encodeCursor(scope.actor.workspaceId, await scope.head())
  }

  @Directive('@auth(role: VIEWER, scope: "monitors:read")')
  @Subscription(() => LiveBatch, {
    subscribe: notLive,
    description:
      'Everything that happens in the workspace, in order: replayed since `after`, then live. Nothing is missed, or `resync` says so.',
  })
  events(
    @Root() source: LiveSource,
    @Arg('after', () => CursorScalar, { nullable: true, description: AFTER }) _after?: string,
    @Arg('topics', () => [TopicEnum], {
      nullable: true,
      description: 'Only events about these; absent: about everything.',
    })
    _topics?: EventTopic[],
  ): LiveBatch {
    return wordBatch(source)
  }

  @Directive('@auth(role: VIEWER, scope: "monitors:read")')
  @Subscription(() => LiveBatch, {
    subscribe: notLive,
    description:
      'What happens to monitors: the same log and the same promises as `events`, narrowed to some of them.',
  })
  monitorUpdates(
    @Root() source: LiveSource,
    @Arg('ids', () => [ID], {
      nullable: true,
      description: 'The monitors to follow, at most 500; absent: every monitor.',
    })
    _ids?: string[],
    @Arg('after', () => CursorScalar, { nullable: true, description: AFTER }) _after?: string,
  ): LiveBatch {
    return wordBatch(source)
  }
}
