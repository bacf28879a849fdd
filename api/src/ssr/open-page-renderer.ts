import type { GraphQLFormattedError, GraphQLSchema } from 'graphql'
import type { EventHub } from '../events/index.ts'
import { RequestContext } from '../graphql/index.ts'
import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'
import { loadPageModule } from './page-module.ts'
import { PagePurge } from './page-purge.ts'
import { PageReads } from './page-reads.ts'
import { StatusPageRenderer } from './status-page-renderer.ts'

export interface PageRendererOptions {
  schema: GraphQLSchema
  database: ConstructorParameters<typeof RequestContext>[0]
  hub: EventHub
  /** Where a page belongs, whoever may see it; null: there is none. */
  workspaceOf: (slug: string) => Promise<string | null>
  webFolder: string
  presentError: (error: unknown) => GraphQLFormattedError
  clock: Clock
  log: Log
}

export interface PageRenderer {
  renderer: StatusPageRenderer
  stop(): void
}

/** Status pages rendered by the web build; undefined where it has none. */
export async function openPageRenderer(
  options: PageRendererOptions,
): Promise<PageRenderer | undefined> {
  const { schema, database, hub, presentError, clock, log } = options
  const module = await loadPageModule(options.webFolder)
  if (!module) return undefined
  const openScope: ConstructorParameters<typeof PageReads>[0]['openScope'] = (actor) =>
    new RequestContext(database, actor)
  const reads = new PageReads({ schema, module, openScope, presentError, clock })
  const renderer: StatusPageRenderer = new StatusPageRenderer({
    ...{ module, clock, log },
    reads: {
      public: async (slug) => {
        await follow(slug)
        return reads.public(slug)
      },
      read: (variables, actor) => reads.read(variables, actor),
    },
  })
  const purge = new PagePurge({ hub, pages: renderer, log })
  const follow = pageFollower(options, purge)
  return { renderer, stop: () => purge.stop() }
}

const MOST_FOLLOWED = 1_000

/** Hears of a page’s workspace from before the page is first read. */
export function pageFollower(
  { workspaceOf }: Pick<PageRendererOptions, 'workspaceOf'>,
  purge: Pick<PagePurge, 'follow'>,
): (slug: string) => Promise<void> {
  const followed = new Set<string>()
  return async (slug) => {
    if (followed.has(slug)) return
    // When this fails, the reading that follows tells of it.
    const workspaceId = await workspaceOf(slug).catch(() => null)
    if (workspaceId === null) return
    await purge.follow(workspaceId)
    if (followed.size >= MOST_FOLLOWED) followed.clear()
    followed.add(slug)
  }
}
