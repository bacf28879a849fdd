import { type Credential, credentialFor, headersOf } from './credentials.ts'

export interface UserError {
  path: string[]
  code: string
  message: string
}

export interface GraphqlAnswer<T> {
  data?: T | null
  errors?: {
    message: string
    path?: (string | number)[]
    extensions?: { code?: string; retryAfterSeconds?: number }
  }[]
  extensions?: Record<string, unknown>
}

/** The whole answer of one operation over HTTP, with its headers. Absent credential: what the server's owner has. */
export async function post<T>(
  url: string,
  query: string,
  variables: object = {},
  credential: Credential = credentialFor(url),
): Promise<GraphqlAnswer<T> & { headers: Headers; status: number }> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headersOf(credential) },
    body: JSON.stringify({ query, variables }),
  })
  const answer = (await response.json()) as GraphqlAnswer<T>
  return { ...answer, headers: response.headers, status: response.status }
}

/** One operation over HTTP; the whole answer, errors included. */
export async function ask<T>(
  url: string,
  query: string,
  variables: object = {},
  credential: Credential = credentialFor(url),
): Promise<GraphqlAnswer<T>> {
  return await post<T>(url, query, variables, credential)
}

/** One operation over HTTP; its data, or an exception with the errors. */
export async function graphql<T>(
  url: string,
  query: string,
  variables: object = {},
  credential: Credential = credentialFor(url),
): Promise<T> {
  const { data, errors } = await ask<T>(url, query, variables, credential)
  if (errors?.length || !data)
    throw new Error(errors?.map((e) => e.message).join('; ') ?? 'no data')
  return data
}

/** What is wrong, as one line. */
export const inWords = (errors: UserError[]) =>
  errors.map((e) => `${e.path.join('.')}: ${e.message}`).join('; ')

interface Created {
  createMonitor: { monitor: { id: string } | null; userErrors: UserError[] }
}

/** Creates a monitor and answers its id. */
export async function createMonitor(url: string, input: object): Promise<string> {
  const { createMonitor: made } = await graphql<Created>(
    url,
    'mutation($input: CreateMonitorInput!) { createMonitor(input: $input) { monitor { id } userErrors { path message } } }',
    { input },
  )
  if (!made.monitor) throw new Error(inWords(made.userErrors))
  return made.monitor.id
}
