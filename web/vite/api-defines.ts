/** Where the built client finds its server, and how it says who it is. Absent: the origin that serves the page, by cookie. */
export function apiDefines(environment: NodeJS.ProcessEnv = {}): Record<string, string> {
  const { API_URL = '', API_AUTH = 'cookie' } = environment
  if (API_AUTH !== 'cookie' && API_AUTH !== 'token')
    throw new Error(`API_AUTH is cookie or token, not "${API_AUTH}".`)
  if (API_URL && new URL(API_URL).origin !== API_URL)
    throw new Error(`API_URL is an origin such as https://api.example.com, not "${API_URL}".`)
  return { __API_URL__: JSON.stringify(API_URL), __API_AUTH__: JSON.stringify(API_AUTH) }
}
