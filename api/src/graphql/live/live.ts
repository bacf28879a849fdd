import {
  type ExecutionResult,
  type GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  execute,
} from 'graphql'
import type { ReadScope } from '../../db/read-scope.ts'
import { type EventHub, decodeCursor, encodeCursor } from '../../events/index.ts'
import type { Actor } from '../../lib/actor.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { PageViews } from '../../status-pages/index.ts'
import { type ActorField, authorise, ruleOf } from '../auth-rules.ts'
import { filterOf, liveFieldNames, PAGE_FIELD } from './live-fields.ts'
import {
  type LiveOperation,
  LiveRefusal,
  type OperationRequest,
  type ValidateOperation,
  asGraphqlError,
  readOperation,
} from './live-operation.ts'
import type { LiveSource } from './stream/live-source.ts'
import { type LiveSubscription, type LiveView, LiveStreams } from './stream/live-streams.ts'
import type { Outlet } from './stream/subscriber.ts'
import { SourceQueue } from './source-queue.ts'

/** A database that restarts is back after some seconds; until then a batch is held, not thrown away. */
const RETRY_PAUSES_MS = [250, 1_000, 3_000]
/** A page is read at most that often, however many follow it. */
const PAGE_SPACING_MS = 1_000

/** A batch as it leaves: worded once, sent to everyone who follows the view. */
export interface WordedBatch {
  /** The cursor of the batch, whether the client selected it or not. */
  readonly cursor: string
  /** The execution result as JSON in UTF-8. */
  readonly json: Buffer
  /** Who follows the view may do so no more: nothing comes after it. */
  readonly isLast?: boolean
}

/** The context of one execution; closed when the batch has been worded. */
export interface LiveScope extends ReadScope {
  close(): Promise<void>
}

export interface LiveOptions {
  schema: GraphQLSchema
  hub: EventHub
  clock: Clock
  log: Log
  /** A fresh scope, loaders included. */
  openScope: (actor: Actor) => LiveScope
  validateOperation: ValidateOperation
  /** Who may follow which status page. Absent: nobody may any. */
  pages?: Pick<PageViews, 'open'>
  /** Maps codes and masks what was not thrown on purpose; the same as for HTTP. */
  presentError: (error: GraphQLError) => GraphQLFormattedError
}

/** A subscription that was found good, ready to be run for its actor. */
export interface PreparedLive {
  operation: LiveOperation
  actor: Actor
  view: LiveView<WordedBatch>
}

/**
 * The live views of one schema. Each distinct view (document, variables without `after`, rights) is executed once
 * per batch, with a fresh context, however many follow it.
 */
export class Live {
  private readonly streams: LiveStreams<WordedBatch>
  private readonly plainStreams: LiveStreams<LiveSource>

  constructor(private readonly options: LiveOptions) {
    this.streams = new LiveStreams(options)
    this.plainStreams = new LiveStreams(options)
    this.feedSchema()
  }

  get schema(): GraphQLSchema {
    return this.options.schema
  }

  /** How many distinct views are followed. */
  get viewCount(): number {
    return this.streams.size
  }

  /** Judges a subscription. Throws LiveRefusal with errors for the client. */
  async prepare(request: OperationRequest, actor: Actor): Promise<PreparedLive> {
    const { schema, validateOperation } = this.options
    try {
      const operation = readOperation(schema, request, validateOperation)
      this.authorise(operation, actor)
      const place = await this.placeOf(operation.fieldName, operation.args, actor)
      if (operation.after !== undefined) decodeCursor(operation.after, place.workspaceId)
      const key = `${scopeOf(actor, operation.fieldName)} ${operation.key}`
      const render = (source: LiveSource): Promise<WordedBatch> =>
        this.word(operation, actor, source)
      return { operation, actor, view: { key, ...place, render } }
    } catch (error) {
      if (error instanceof LiveRefusal) throw error
      throw new LiveRefusal([asGraphqlError(error)])
    }
  }

  /** Runs a prepared subscription into an outlet. `after` overrides the cursor in the operation. */
  subscribe(
    prepared: PreparedLive,
    outlet: Outlet<WordedBatch>,
    after: string | undefined = prepared.operation.after,
  ): LiveSubscription {
    const { view } = prepared
    const cursor = after === undefined ? undefined : decodeCursor(after, view.workspaceId)
    const subscription = this.streams.subscribe(
      view,
      untilLast(outlet, () => subscription.close()),
      cursor,
    )
    return subscription
  }

  /** Errors as clients see them. */
  present(errors: readonly unknown[]): GraphQLFormattedError[] {
    return errors.map((error) => this.options.presentError(asGraphqlError(error)))
  }

  /** Which log a field tells, and what of it. A page lies in a workspace that its visitors know nothing of. */
  private async placeOf(
    fieldName: string,
    args: Record<string, unknown>,
    actor: Actor,
  ): Promise<Pick<LiveView<unknown>, 'workspaceId' | 'filter' | 'spacingMs'>> {
    if (fieldName !== PAGE_FIELD)
      return { workspaceId: actor.workspaceId, filter: filterOf(fieldName, args) }
    const { pages } = this.options
    if (!pages) throw new AppError('NOT_FOUND', 'There is no such status page.')
    const { slug, access } = args as { slug: string; access?: string | null }
    const { workspaceId, shows } = await pages.open(slug, { actor, access })
    const filter: LiveView<unknown>['filter'] = (event) => (shows(event) ? event : undefined)
    return { workspaceId, filter, spacingMs: PAGE_SPACING_MS }
  }

  private authorise({ fieldName }: LiveOperation, actor: Actor): void {
    const field = this.options.schema.getSubscriptionType()?.getFields()[fieldName]
    const rule = field && ruleOf(field as ActorField, fieldName)
    if (rule) authorise(actor, rule)
  }

  private async word(
    operation: LiveOperation,
    actor: Actor,
    source: LiveSource,
  ): Promise<WordedBatch> {
    const result = await this.executeStubbornly(operation, actor, source)
    const { data, errors } = result
    // Who may not see a page any more is told so; of everything else a batch without data is a fault.
    const isRefusal = operation.fieldName === PAGE_FIELD && !errors?.some(isFault)
    if (errors && !data && !isRefusal)
      throw new Error('A live batch has no data', { cause: errors[0] })
    const told = errors ? { errors: this.present(errors), data: data ?? null } : { data }
    return {
      ...(errors && !data ? { isLast: true } : {}),
      cursor: encodeCursor(source.workspaceId, source.head),
      json: Buffer.from(JSON.stringify(told)),
    }
  }

  private async executeStubbornly(
    operation: LiveOperation,
    actor: Actor,
    source: LiveSource,
  ): Promise<ExecutionResult> {
    for (const pause of RETRY_PAUSES_MS) {
      const result = await this.execute(operation, actor, source)
      if (!result.errors?.some(isFault)) return result
      this.options.log.warn({ err: result.errors[0] }, 'A live batch is worded again')
      await new Promise<void>((go) => this.options.clock.after(pause, go))
    }
    return this.execute(operation, actor, source)
  }

  private async execute(
    operation: LiveOperation,
    actor: Actor,
    source: LiveSource,
  ): Promise<ExecutionResult> {
    const { document, operationName, variables } = operation
    const scope = this.options.openScope(actor)
    try {
      return await execute({
        schema: this.options.schema,
        document,
        operationName,
        variableValues: variables,
        rootValue: source,
        contextValue: scope,
      })
    } finally {
      await scope.close().catch((error: unknown) => {
        this.options.log.warn({ err: error }, 'The context of a live batch did not close')
      })
    }
  }

  /** So that `graphql.subscribe` works as well. Its context is the caller's, and lives as long as the subscription. */
  private feedSchema(): void {
    const fields = this.options.schema.getSubscriptionType()?.getFields() ?? {}
    for (const name of liveFieldNames) {
      const field = fields[name]
      if (!field) continue
      field.subscribe = async (_root, args: Record<string, unknown>, scope: ReadScope) => {
        const place = await this.placeOf(name, args, scope.actor)
        const { workspaceId } = place
        const after = typeof args.after === 'string' ? args.after : undefined
        const cursor = after === undefined ? undefined : decodeCursor(after, workspaceId)
        const queue = new SourceQueue()
        const render = (source: LiveSource): Promise<LiveSource> => Promise.resolve(source)
        const { after: _, ...narrow } = args
        const key = `${workspaceId} ${name} ${JSON.stringify(narrow)}`
        const view = { key, ...place, render }
        return queue.follow(this.plainStreams.subscribe(view, queue, cursor))
      }
    }
  }
}

/**
 * Actors with equal scopes may see the same, and share an execution. Whether somebody may see a page of a workspace
 * other than the one they act in is a matter of the person.
 */
function scopeOf({ workspaceId, kind, id, role, scopes }: Actor, fieldName: string): string {
  const who = fieldName === PAGE_FIELD ? ` ${id ?? 'nobody'}` : ''
  return `${workspaceId} ${kind} ${role} ${scopes?.join() ?? '*'}${who}`
}

/** An outlet that is told when nothing more will come. */
function untilLast(outlet: Outlet<WordedBatch>, ended: () => void): Outlet<WordedBatch> {
  return {
    get isFull() {
      return outlet.isFull
    },
    send(batch) {
      outlet.send(batch)
      if (batch.isLast) ended()
    },
    whenRoom: () => outlet.whenRoom(),
  }
}

/** Whether an error is a fault of ours that may pass, rather than an answer. */
function isFault(error: GraphQLError): boolean {
  const cause = error.originalError
  if (cause instanceof AppError) return cause.code === 'UNAVAILABLE'
  return cause !== undefined
}
