import type { PublicPage } from './page.ts'
import type { Speech } from './speech.ts'

/** What the tab says: the name of the page, and how things stand. */
export function pageTitle(page: Pick<PublicPage, 'title' | 'status'>, { text }: Speech): string {
  return `${page.title} · ${text(`overall.${page.status}`)}`
}
