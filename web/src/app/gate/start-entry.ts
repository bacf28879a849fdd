import { watch, type App } from 'vue'
import { api } from '../../lib/api.ts'
import { inside, outside } from '../../lib/prefix.ts'
import { Entry, provideEntry, tabNews, tabTwins, TokenKeeper } from '../../lib/session/index.ts'
import { startLive } from '../live/start-live.ts'

/** Loads a page in the place of this one: nobody comes back to it by the back button. */
export const loadPage = (path: string) => location.replace(outside(path))

/** The client of the tab and who stands at its door. Events are listened to once someone is inside. */
export function startEntry(app: App, slug: string | null): Entry {
  const tokens = api.usesTokens
    ? new TokenKeeper({ urlOf: (name) => api.authUrl(name), isTwin: tabTwins() })
    : null
  const apollo = startLive(app, {
    workspace: () => entry.workspace,
    ...(tokens && { tokens }),
    hearProblem: ({ code }) => {
      if (code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') void entry.check()
    },
    hearRefusal: () => void entry.check(),
  })
  const entry: Entry = new Entry({
    client: apollo.client,
    slug,
    tokens,
    news: tabNews(),
    async forget() {
      apollo.live.stop()
      await apollo.client.clearStore()
    },
    load: loadPage,
    here: () => inside(location.pathname) + location.search + location.hash,
  })
  const stop = watch(
    // Without a workspace there is nothing to listen to.
    () => Boolean(entry.viewer.value?.workspace),
    (isInside) => {
      if (!isInside) return
      apollo.live.start()
      stop()
    },
    { flush: 'sync' },
  )
  provideEntry(app, entry)
  void entry.load()
  return entry
}
