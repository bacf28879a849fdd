import { execute, type GraphQLFormattedError, type GraphQLSchema } from 'graphql'
import { type Actor, anonymous } from '../lib/actor.ts'
import { AppError } from '../lib/app-error.ts'
import type { Clock } from '../lib/clock.ts'
import type { PageModule, PageVariables } from './page-module.ts'
import { type PageAnswer, type PageSight, signatureOf } from './page-sight.ts'

/** The context of one execution. */
export interface PageScope {
  close(): Promise<void>
}

export interface PageReadsOptions {
  schema: GraphQLSchema
  module: Pick<PageModule, 'document'>
  openScope: (actor: Actor) => PageScope
  presentError: (error: unknown) => GraphQLFormattedError
  clock: Pick<Clock, 'now'>
}

/** Asks the page's question in process: the same schema, resolvers and rights as for everybody else. */
export class PageReads {
  constructor(private readonly options: PageReadsOptions) {}

  /** What a stranger sees. Throws UNAVAILABLE when nothing can be read at the moment. */
  public(slug: string): Promise<PageSight> {
    return this.read({ slug }, anonymous())
  }

  /** What somebody sees who shows a session or a page's own token. */
  async read({ slug, access }: PageVariables, actor: Actor): Promise<PageSight> {
    const { schema, module, openScope, presentError, clock } = this.options
    const readAt = clock.now()
    const scope = openScope(actor)
    try {
      const variableValues = { slug, ...(access ? { access } : {}) }
      const given = { schema, document: module.document, variableValues, contextValue: scope }
      const { data, errors } = await execute(given)
      if (errors?.length) return refusal(presentError(errors[0]))
      if (!data?.['publicStatusPage']) return { kind: 'unknown' }
      const answer = { data } as unknown as PageAnswer
      return { kind: 'page', answer, readAt, signature: signatureOf(answer) }
    } finally {
      await scope.close()
    }
  }
}

function refusal({ message, extensions }: GraphQLFormattedError): PageSight {
  const code = extensions?.['code']
  if (code === 'NOT_FOUND' || code === 'FORBIDDEN' || code === 'INVALID') return { kind: 'unknown' }
  if (code === 'UNAUTHENTICATED') return { kind: 'locked' }
  throw new AppError('UNAVAILABLE', message)
}
