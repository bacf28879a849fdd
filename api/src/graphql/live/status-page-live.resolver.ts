import { Arg, Ctx, Directive, FieldResolver, Resolver, Root, Subscription } from 'type-graphql'
import type { ReadScope } from '../../db/read-scope.ts'
import { encodeCursor } from '../../events/index.ts'
import { type PublicPageReader, PublicStatusPage, type ReadPage } from '../../status-pages/index.ts'
import { CursorScalar } from './cursor.scalar.ts'
import { StatusPageUpdate } from './status-page-update.object.ts'
import type { LiveSource } from './stream/live-source.ts'

const notLive = (): never => {
  throw new Error('Nothing feeds the live views of this schema')
}

/** A status page that comes alive. */
@Resolver(() => PublicStatusPage)
export class StatusPageLive {
  constructor(private readonly reader: PublicPageReader) {}

  @Directive('@public')
  @Subscription(() => StatusPageUpdate, {
    subscribe: notLive,
    description:
      'A status page as its visitors see it, whenever it changes, at most once a second. NOT_FOUND and UNAUTHENTICATED as publicStatusPage.',
  })
  async statusPage(
    @Root() source: LiveSource,
    @Ctx() { actor }: ReadScope,
    @Arg('slug', () => String, { description: 'Its name in addresses.' }) slug: string,
    @Arg('after', () => CursorScalar, {
      nullable: true,
      description:
        'The `liveCursor` or `cursor` of what you show: what happened since is told at once.',
    })
    _after?: string,
    @Arg('access', () => String, {
      nullable: true,
      description: 'What unlockStatusPage answered, for a page with a password.',
    })
    access?: string | null,
  ): Promise<StatusPageUpdate> {
    const page = await this.reader.bySlug(slug, { actor, access })
    const cursor = encodeCursor(source.workspaceId, source.head)
    return { cursor, resync: source.resync, page }
  }

  @FieldResolver(() => CursorScalar, {
    description:
      'Where the log stood when this was read: subscribe from here and nothing is missed.',
  })
  liveCursor(@Root() page: PublicStatusPage): string {
    const { workspaceId, head } = page as ReadPage
    return encodeCursor(workspaceId, head)
  }
}
