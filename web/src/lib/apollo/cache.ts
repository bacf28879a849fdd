import { InMemoryCache, type FieldPolicy, type Reference } from '@apollo/client'
import { possibleTypes } from '../../generated/possible-types.ts'

interface Page {
  nodes?: readonly Reference[]
}

/** Pages of one list lie in one another's wake: the first replaces, those with `after` are appended. */
const pages: FieldPolicy<Page> = {
  keyArgs: ['filter', 'orderBy'],
  merge(existing, incoming, { args }) {
    if (!args?.['after'] || !existing?.nodes || !incoming.nodes) return incoming
    const known = new Set(existing.nodes.map((node) => node.__ref))
    const added = incoming.nodes.filter((node) => !known.has(node.__ref))
    return { ...incoming, nodes: [...existing.nodes, ...added] }
  },
}

/** The normalised cache: one object per `id`; what has no id belongs to the object that holds it. */
export function createCache(): InMemoryCache {
  return new InMemoryCache({
    possibleTypes,
    typePolicies: {
      Query: {
        fields: {
          monitors: pages,
          auditLog: pages,
          monitor: {
            read: (existing, { args, toReference }) =>
              existing ?? toReference({ __typename: 'Monitor', id: String(args?.['id']) }),
          },
        },
      },
      // A row asks for the ratio alone, the panel for all of it: neither may push the other out.
      Monitor: { fields: { uptime: { merge: true }, latencySeries: { merge: true } } },
      MonitorKind: { keyFields: ['kind'] },
    },
  })
}
