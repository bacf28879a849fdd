import { api } from './api.ts'
import { inside } from './prefix.ts'
import { workspaceBase } from './session/workspace-base.ts'

export interface PlaygroundOperation {
  query: string
  /** Values, or the text that stands in the editor. */
  variables?: Record<string, unknown> | string
}

/** Address that opens the playground with this operation. It stands in the hash, so no server log keeps it. */
export function playgroundLink({ query, variables }: PlaygroundOperation): string {
  const parts = new URLSearchParams({ query: query.trim() })
  const text = typeof variables === 'object' ? JSON.stringify(variables, null, 2) : variables
  if (text && text !== '{}') parts.set('variables', text)
  const { slug } = workspaceBase(inside(location.pathname))
  if (slug) parts.set('workspace', slug)
  // A plus for a blank reads badly and some readers don't undo it.
  return `${api.playgroundUrl}#${parts.toString().replaceAll('+', '%20')}`
}

/** Address of the playground in the workspace of this page. */
export function playgroundPage(): string {
  const { slug } = workspaceBase(inside(location.pathname))
  return slug ? `${api.playgroundUrl}#workspace=${slug}` : api.playgroundUrl
}

/** The workspace that the link hither came from; null when it named none. */
export function workspaceInHash(hash: string): string | null {
  return new URLSearchParams(hash.replace(/^#/, '')).get('workspace')
}

/** The operation in an address' hash; null when there is none. Variables stay text: the viewer may mend them. */
export function operationInHash(hash: string): { query: string; variables: string } | null {
  const parts = new URLSearchParams(hash.replace(/^#/, '').replaceAll('+', '%2B'))
  const query = parts.get('query')
  return query ? { query, variables: parts.get('variables') ?? '' } : null
}
