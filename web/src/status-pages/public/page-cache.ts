import { InMemoryCache } from '@apollo/client'

/** The cache of one page: as long as its address says which page it is, it needs no other key. */
export function createPageCache(options: { resultCaching: boolean }): InMemoryCache {
  return new InMemoryCache({
    ...options,
    typePolicies: {
      Query: { fields: { publicStatusPage: { keyArgs: ['slug'] } } },
      PublicStatusPage: { keyFields: ['slug'] },
    },
  })
}
