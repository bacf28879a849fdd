import type { ApolloCache } from '@apollo/client'
import { StatusPagesDocument, type StatusPageRowFragment } from '../../generated/operations.ts'

type Pages = readonly StatusPageRowFragment[]

function changeList(cache: ApolloCache, edit: (pages: Pages) => Pages): void {
  cache.updateQuery({ query: StatusPagesDocument }, (known) =>
    known ? { ...known, statusPages: [...edit(known.statusPages)] } : undefined,
  )
}

/** Puts a new page into the list, where that has been read. */
export function addToPages(cache: ApolloCache, page: StatusPageRowFragment | null): void {
  if (!page) return
  changeList(cache, (pages) =>
    pages.some(({ id }) => id === page.id)
      ? pages
      : [...pages, page].sort((a, b) => a.title.localeCompare(b.title)),
  )
}

export function removeFromPages(cache: ApolloCache, ids: readonly string[]): void {
  changeList(cache, (pages) => pages.filter(({ id }) => !ids.includes(id)))
}
