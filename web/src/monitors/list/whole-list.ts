import type { ApolloCache, Reference } from '@apollo/client'
import type { MonitorListQueryVariables } from '../../generated/operations.ts'

/** The list is read whole, in an order that does not change under its pages; filter and sort happen here. */
export const WHOLE_LIST: MonitorListQueryVariables = { first: 500, orderBy: 'NAME_ASC' }

interface ListField {
  nodes?: readonly Reference[]
  totalCount?: number
}

/** Puts monitors that are in the cache into the list, each once. */
export function addToList(cache: ApolloCache, ids: readonly string[]): void {
  change(cache, (nodes) => {
    const known = new Set(nodes.map(({ __ref }) => __ref))
    const added = ids.map((id) => ({ __ref: `Monitor:${id}` })).filter((r) => !known.has(r.__ref))
    return added.length > 0 ? [...nodes, ...added] : nodes
  })
}

/** Takes monitors out of the list; the objects themselves stay in the cache. */
export function removeFromList(cache: ApolloCache, ids: readonly string[]): void {
  const gone = new Set(ids.map((id) => `Monitor:${id}`))
  change(cache, (nodes) => {
    const rest = nodes.filter(({ __ref }) => !gone.has(__ref))
    return rest.length < nodes.length ? rest : nodes
  })
}

function change(
  cache: ApolloCache,
  edit: (nodes: readonly Reference[]) => readonly Reference[],
): void {
  cache.modify<{ monitors: ListField }>({
    id: 'ROOT_QUERY',
    fields: {
      monitors(existing, { storeFieldName }) {
        const list = existing as ListField
        if (!list.nodes || storeFieldName.includes('"filter"')) return existing
        const nodes = edit(list.nodes)
        if (nodes === list.nodes) return existing
        const totalCount = (list.totalCount ?? 0) + nodes.length - list.nodes.length
        return { ...list, nodes, totalCount } as typeof existing
      },
    },
  })
}
