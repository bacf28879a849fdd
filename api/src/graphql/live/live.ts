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
import { type ActorField, authorise, ruleOf } from '../auth-rules.ts'
import { filterOf, liveFieldNames } from './live-fields.ts'
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

/** A batch as it leaves: worded once, sent to everyone who follows the view. */
export interface WordedBatch {
  /** The cursor of the batch, whether the client selected it or not. */
  readonly cursor: string
  /** The execution result as JSON in UTF-8. */
  readonly json: Buffer
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
  prepare(request: OperationRequest, actor: Actor): PreparedLive {
    const { schema, validateOperation } = this.options
    try {
      const operation = readOperation(schema, request, validateOperation)
      this.authorise(operation, actor)
      const { workspaceId } = actor
      if (operation.after !== undefined) decodeCursor(operation.after, workspaceId)
      const filter = filterOf(operation.fieldName, operation.args)
      const key = `${scopeOf(actor)} ${operation.key}`
      const render = (source: LiveSource): Promise<WordedBatch> =>
        this.word(operation, actor, source)
      return { operation, actor, view: { key, workspaceId, filter, render } }
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
    return this.streams.subscribe(view, outlet, cursor)
  }

  /** Errors as clients see them. */
  present(errors: readonly unknown[]): GraphQLFormattedError[] {
    return errors.map((error) => this.options.presentError(asGraphqlError(error)))
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
    if (errors && !data) throw new Error('A live batch has no data', { cause: errors[0] })
    const told = errors ? { errors: this.present(errors), data } : { data }
    return {
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
      field.subscribe = (_root, args: Record<string, unknown>, scope: ReadScope) => {
        const { workspaceId } = scope.actor
        const after = typeof args.after === 'string' ? args.after : undefined
        const cursor = after === undefined ? undefined : decodeCursor(after, workspaceId)
        const queue = new SourceQueue()
        const render = (source: LiveSource): Promise<LiveSource> => Promise.resolve(source)
        const { after: _, ...narrow } = args
        const key = `${workspaceId} ${name} ${JSON.stringify(narrow)}`
        const view = { key, workspaceId, filter: filterOf(name, args), render }
        return queue.follow(this.plainStreams.subscribe(view, queue, cursor))
      }
    }
  }
}

/** Actors with equal scopes may see the same, and share an execution. */
function scopeOf({ workspaceId, kind, role, scopes }: Actor): string {
  return `${workspaceId} ${kind} ${role} ${scopes?.join() ?? '*'}`
}

/** Whether an error is a fault of ours that may pass, rather than an answer. */
function isFault(error: GraphQLError): boolean {
  const cause = error.originalError
  if (cause instanceof AppError) return cause.code === 'UNAVAILABLE'
  return cause !== undefined
}
