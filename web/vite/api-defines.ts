/** Where the built client finds its server, and how it says who it is. Absent: the origin that serves the page, by cookie. */
export function apiDefines(environment: NodeJS.ProcessEnv = {}): Record<string, string> {
  const { API_URL = '', API_AUTH = 'cookie' } = environment
  if (API_AUTH !== 'cookie' && API_AUTH !== 'token')
    throw new Error(`API_AUTH is cookie or token, not "${API_AUTH}".`)
  if (API_URL && !isPlace(API_URL))
    throw new Error(`API_URL is an address such as https://api.example.com, not "${API_URL}".`)
  return { __API_URL__: JSON.stringify(API_URL), __API_AUTH__: JSON.stringify(API_AUTH) }
}

/** An origin, or one with the path of a server that shares its host; without a last slash. */
function isPlace(url: string): boolean {
  const { origin, pathname } = new URL(url)
  return origin !== 'null' && url === origin + pathname.replace(/\/$/, '')
}
