import { ApolloLink } from '@apollo/client'

const HEADER = 'allswell-workspace'

/** Says with each request in which workspace it acts; without a name, the server takes the one used last. */
export function workspaceLink(workspace: () => string | null): ApolloLink {
  return new ApolloLink((operation, forward) => {
    const slug = workspace()
    if (slug !== null) {
      operation.setContext(({ headers }) => ({
        headers: { ...(headers as object), [HEADER]: slug },
      }))
    }
    return forward(operation)
  })
}
