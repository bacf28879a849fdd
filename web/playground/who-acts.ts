import { outside } from '../src/lib/prefix.ts'
import type { Identity } from './identity.ts'

export type WhoActs =
  | { kind: 'somebody'; name: string; role: string | null; workspace: string | null }
  | { kind: 'nobody' }
  /** The token is none, or no longer. */
  | { kind: 'refused' }
  /** The server did not say. */
  | { kind: 'unknown' }

interface Viewer {
  name: string
  role: string | null
  workspace: { name: string } | null
}

interface Answer {
  data?: { viewer: Viewer | null }
  errors?: { extensions?: { code?: string } }[]
}

const QUERY = '{ viewer { name role workspace { name } } }'

/** Asks the server who the playground's requests come from. */
export async function whoActs(identity: Identity, send: typeof fetch = fetch): Promise<WhoActs> {
  const { credentials, headers } = identity.request()
  try {
    const response = await send(outside('/graphql'), {
      method: 'POST',
      credentials,
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ query: QUERY }),
    })
    return await read(identity, (await response.json()) as Answer, send)
  } catch {
    return { kind: 'unknown' }
  }
}

async function read(
  identity: Identity,
  { data, errors }: Answer,
  send: typeof fetch,
): Promise<WhoActs> {
  const code = errors?.[0]?.extensions?.code
  if (code === 'NOT_FOUND' && identity.current().workspace !== null) {
    identity.forgetWorkspace()
    return whoActs(identity, send)
  }
  if (code === 'UNAUTHENTICATED' || code === 'FORBIDDEN') return { kind: 'refused' }
  return data ? judge(data.viewer) : { kind: 'unknown' }
}

function judge(viewer: Viewer | null): WhoActs {
  if (!viewer) return { kind: 'nobody' }
  const { name, role, workspace } = viewer
  return { kind: 'somebody', name, role, workspace: workspace?.name ?? null }
}
