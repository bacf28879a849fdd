import type { DoorPage, DoorPlace } from './door-page.ts'
import { componentsOf } from './door-page.ts'
import { OVERALL_WORDS, STATE_COLOURS, STATE_WORDS } from './status-words.ts'

/** What the widget shows, and what anybody may build one of their own from. */
export function widgetJson(page: DoorPage, { home }: DoorPlace): object {
  return {
    page: { title: page.title, url: home },
    status: page.status,
    description: OVERALL_WORDS[page.status],
    color: STATE_COLOURS[page.status],
    updatedAt: page.updatedAt.toISOString(),
    components: componentsOf(page).map(({ id, name, status }) => {
      return { id, name, status, description: STATE_WORDS[status] }
    }),
  }
}
