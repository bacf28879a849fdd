export const EXAMPLE_KINDS = ['curl', 'graphqlWs', 'sse', 'fetch'] as const
export type ExampleKind = (typeof EXAMPLE_KINDS)[number]

export interface ExamplePlace {
  graphqlUrl: string
  socketUrl: string
  streamUrl: string
  token: string
}

const QUERY = '{ monitors(first: 10) { nodes { id name status } } }'
const SUBSCRIPTION = 'subscription { monitorUpdates { cursor } }'

/** What can be pasted and run as it stands. */
export function exampleOf(kind: ExampleKind, place: ExamplePlace): string {
  return EXAMPLES[kind](place)
}

const EXAMPLES: Record<ExampleKind, (place: ExamplePlace) => string> = {
  curl: ({ graphqlUrl, token }) => `curl ${graphqlUrl} \\
  -H 'authorization: Bearer ${token}' \\
  -H 'content-type: application/json' \\
  -d '{"query":"${QUERY}"}'`,

  graphqlWs: ({ socketUrl, token }) => `// npm install graphql-ws ws
import { createClient } from 'graphql-ws'
import WebSocket from 'ws'

const client = createClient({
  url: '${socketUrl}',
  webSocketImpl: WebSocket,
  connectionParams: { authorization: 'Bearer ${token}' },
})
for await (const result of client.iterate({ query: '${SUBSCRIPTION}' })) {
  console.log(JSON.stringify(result))
}`,

  sse: ({ streamUrl, token }) => `curl -N ${streamUrl} \\
  -H 'authorization: Bearer ${token}' \\
  -H 'accept: text/event-stream' \\
  -H 'content-type: application/json' \\
  -d '{"query":"${SUBSCRIPTION}"}'

# The same in JavaScript. EventSource can't send the header, fetch can:
#
# const response = await fetch('${streamUrl}', {
#   method: 'POST',
#   headers: {
#     authorization: 'Bearer ${token}',
#     accept: 'text/event-stream',
#     'content-type': 'application/json',
#   },
#   body: JSON.stringify({ query: '${SUBSCRIPTION}' }),
# })
# for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
#   console.log(text)
# }`,

  fetch: ({ graphqlUrl, token }) => `const response = await fetch('${graphqlUrl}', {
  method: 'POST',
  headers: {
    authorization: 'Bearer ${token}',
    'content-type': 'application/json',
  },
  body: JSON.stringify({ query: '${QUERY}' }),
})
const { data, errors } = await response.json()
console.log(errors ?? data.monitors.nodes)`,
}
