export interface GraphqlAnswer<T> {
  data?: T | null
  errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[]
  extensions?: Record<string, unknown>
}

/** One operation over HTTP; the whole answer, errors included. */
export async function ask<T>(
  url: string,
  query: string,
  variables: object = {},
): Promise<GraphqlAnswer<T>> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as GraphqlAnswer<T>
}

/** One operation over HTTP; its data, or an exception with the errors. */
export async function graphql<T>(url: string, query: string, variables: object = {}): Promise<T> {
  const { data, errors } = await ask<T>(url, query, variables)
  if (errors?.length || !data)
    throw new Error(errors?.map((e) => e.message).join('; ') ?? 'no data')
  return data
}

interface Created {
  createMonitor: {
    monitor: { id: string } | null
    userErrors: { path: string[]; message: string }[]
  }
}

/** Creates a monitor and answers its id. */
export async function createMonitor(url: string, input: object): Promise<string> {
  const { createMonitor: made } = await graphql<Created>(
    url,
    'mutation($input: CreateMonitorInput!) { createMonitor(input: $input) { monitor { id } userErrors { path message } } }',
    { input },
  )
  if (!made.monitor)
    throw new Error(made.userErrors.map((e) => `${e.path.join('.')}: ${e.message}`).join('; '))
  return made.monitor.id
}
