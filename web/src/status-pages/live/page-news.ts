import { onScopeDispose, readonly, shallowRef, watch } from 'vue'
import type { LiveRoom } from '../../lib/apollo/index.ts'

/** How often what pages show is read again, however much happens. */
const SPACING_MS = 1_000
/** What changes a page, or a state on it. */
const NEWS = new Set(['PageCreated', 'PageUpdated', 'PageDeleted', 'MonitorStatusChanged'])

const count = shallowRef(0)

/** Counts on whenever a status page, or a state that may stand on one, has changed. */
export const pageNews = readonly(count)

/** What this room does with the events of the live stream. */
export const statusPageRoom: LiveRoom<{ __typename: string }> = {
  apply(events) {
    if (events.some(({ __typename }) => NEWS.has(__typename))) count.value++
  },
  forget: () => count.value++,
}

/** Reads again on news, and once more on what came meanwhile; at most once a second. */
export function useRereadOnNews(reread: () => Promise<void>): void {
  let isResting = false
  let isWanted = false
  let rest: ReturnType<typeof setTimeout> | undefined

  async function read(): Promise<void> {
    isWanted = isResting
    if (isResting) return
    isResting = true
    await reread()
    rest = setTimeout(() => {
      isResting = false
      if (isWanted) void read()
    }, SPACING_MS)
  }
  watch(pageNews, () => void read())
  onScopeDispose(() => clearTimeout(rest))
}
