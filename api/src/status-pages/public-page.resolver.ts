import { GraphQLDateTime } from 'graphql-scalars'
import {
  Arg,
  Ctx,
  Directive,
  FieldResolver,
  Int,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql'
import type { AccountScope } from '../accounts/index.ts'
import type { ReadScope } from '../db/read-scope.ts'
import { AppError } from '../lib/app-error.ts'
import { withUserErrors } from '../lib/user-error.object.ts'
import { UnlockStatusPageInput } from './editing/page.inputs.ts'
import { UnlockStatusPagePayload } from './page.objects.ts'
import { PublicOutage, PublicStatusPage } from './public-page.objects.ts'
import type { PageAccess } from './reading/page-access.ts'
import type { PublicPageReader, ReadPage } from './reading/public-page-reader.ts'

const MOST_OUTAGES = 500

/** Status pages as visitors see them. */
@Resolver(() => PublicStatusPage)
export class PublicPageResolver {
  constructor(
    private readonly reader: PublicPageReader,
    private readonly access: PageAccess,
  ) {}

  @Directive('@public')
  @Query(() => PublicStatusPage, {
    nullable: true,
    description:
      'A status page as its visitors see it. NOT_FOUND when there is none, or nothing of it may be told; UNAUTHENTICATED when it asks for its password.',
  })
  publicStatusPage(
    @Arg('slug', () => String, { description: 'Its name in addresses.' }) slug: string,
    @Arg('access', () => String, {
      nullable: true,
      description: 'What unlockStatusPage answered, for a page with a password.',
    })
    access: string | null | undefined,
    @Ctx() { actor }: ReadScope,
  ): Promise<PublicStatusPage> {
    return this.reader.bySlug(slug, { actor, access })
  }

  @FieldResolver(() => [PublicOutage], {
    description: 'Confirmed outages, the newest first. Absent `from`: those of the last 90 days.',
  })
  outages(
    @Root() page: PublicStatusPage,
    @Arg('from', () => GraphQLDateTime, {
      nullable: true,
      description: 'Only what lasted longer than until then.',
    })
    from: Date | null | undefined,
    @Arg('to', () => GraphQLDateTime, {
      nullable: true,
      description: 'Only what began before then.',
    })
    to: Date | null | undefined,
    @Arg('limit', () => Int, {
      nullable: true,
      defaultValue: 50,
      description: `How many at most, 1 to ${MOST_OUTAGES}.`,
    })
    limit: number | null,
  ): Promise<PublicOutage[]> {
    const most = limit ?? 50
    if (most < 1 || most > MOST_OUTAGES)
      throw new AppError('INVALID', `limit is from 1 to ${MOST_OUTAGES}.`)
    return this.reader.outages(page as ReadPage, { from, to, limit: most })
  }

  @Directive('@public')
  @Mutation(() => UnlockStatusPagePayload, {
    description: `Opens a page that has a password, for 12 hours. Guessing gets slower and slower (LIMIT with retryAfterSeconds).

\`\`\`graphql
mutation {
  unlockStatusPage(input: { slug: "acme", password: "correct horse" }) { access userErrors { path message } }
}
\`\`\``,
  })
  async unlockStatusPage(
    @Arg('input', () => UnlockStatusPageInput, { description: 'The input.' })
    { slug, password }: UnlockStatusPageInput,
    @Ctx() { door }: AccountScope,
  ): Promise<UnlockStatusPagePayload> {
    const { value: access, userErrors } = await withUserErrors(() =>
      this.access.unlock(slug, password, door.ipAddress),
    )
    return { access, userErrors }
  }
}
