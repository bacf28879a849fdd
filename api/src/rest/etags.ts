import { createHash } from 'node:crypto'
import { Problem } from './problems.ts'

/** Names a representation; of what is edited by version the version stands in front. */
export function etagOf(text: string, version?: unknown): string {
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 16)
  return typeof version === 'number' ? `"${version}-${hash}"` : `"${hash}"`
}

/** Whether the client has this already. Weak comparison, as for every GET. */
export function isKnown(etag: string, ifNoneMatch: string | undefined): boolean {
  if (ifNoneMatch === undefined) return false
  if (ifNoneMatch.trim() === '*') return true
  return ifNoneMatch.split(',').some((one) => one.trim().replace(/^W\//, '') === etag)
}

const ONE = /^"(\d{1,9})-[\w-]{16}"$/

/** The version that If-Match wants; undefined: whatever there is. What is no tag of ours matches nothing: 412. */
export function wantedVersion(ifMatch: string | undefined): number | undefined {
  if (ifMatch === undefined || ifMatch.trim() === '*') return undefined
  const version = ONE.exec(ifMatch.trim())?.[1]
  if (version === undefined) throw changed('If-Match takes one ETag of this object, or *.')
  return Number(version)
}

export const changed = (detail: string): Problem => new Problem(412, detail)
