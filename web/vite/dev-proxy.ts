import type { ProxyOptions } from 'vite'

/** Sends what belongs to the server to it; a browser that opens /graphql gets the playground from Vite. */
export function serverProxy(port: string): Record<string, ProxyOptions> {
  const target = `http://127.0.0.1:${port}`
  const toServer: ProxyOptions = { target, changeOrigin: true, rewriteWsOrigin: true, ws: true }
  const graphql: ProxyOptions = {
    ...toServer,
    bypass(request) {
      const wantsPage = request.method === 'GET' && request.headers.accept?.includes('text/html')
      return wantsPage ? '/playground/index.html' : undefined
    },
  }
  return {
    '/graphql': graphql,
    '/schema.graphql': toServer,
    '/api': toServer,
    '/status/': toServer,
    '/accent/': toServer,
    '/assets/status': toServer,
    '/auth': toServer,
    '/.well-known': toServer,
    '/healthz': toServer,
    '/readyz': toServer,
  }
}
