import { Arg, Ctx, Directive, FieldResolver, Int, Query, Resolver, Root } from 'type-graphql'
import type { ReadScope } from '../../db/read-scope.ts'
import { AuditEntryConnection, AuditFilter } from './audit-entry.object.ts'
import { type AuditReader, encodeAuditCursor } from './audit-reader.ts'

const DEFAULT_PAGE = 50

/** Who did what. */
@Resolver(() => AuditEntryConnection)
export class AuditResolver {
  constructor(private readonly reader: AuditReader) {}

  @Directive('@auth(role: ADMIN, scope: "audit:read")')
  @Query(() => AuditEntryConnection, {
    description: 'Who did what in the workspace, newest first.',
  })
  async auditLog(
    @Ctx() scope: ReadScope,
    @Arg('first', () => Int, {
      ...{ nullable: true, defaultValue: DEFAULT_PAGE },
      description: 'How many, at most 500.',
    })
    first: number | null,
    @Arg('after', () => String, {
      nullable: true,
      description: 'The cursor of the entry after which to go on.',
    })
    after: string | null | undefined,
    @Arg('filter', () => AuditFilter, { nullable: true, description: 'Which entries.' })
    filter: AuditFilter | null | undefined,
  ): Promise<AuditEntryConnection> {
    const selection = filter ?? {}
    const wanted = { first: first ?? DEFAULT_PAGE, after: after ?? null }
    const { entries, hasNextPage } = await this.reader.page(scope, selection, wanted)
    const edges = entries.map((node) => ({ cursor: encodeAuditCursor(node.id), node }))
    const pageInfo = {
      ...{ hasNextPage, hasPreviousPage: Boolean(after) },
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    }
    return { edges, nodes: entries, pageInfo, selection }
  }

  @FieldResolver(() => Int)
  totalCount(
    @Root() { selection }: AuditEntryConnection,
    @Ctx() scope: ReadScope,
  ): Promise<number> {
    return this.reader.count(scope, selection)
  }
}
