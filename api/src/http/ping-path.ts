import type { PingPlace } from '../monitors/index.ts'

/** What the path of a ping says. */
export interface PingPath {
  place: PingPlace
  signal: 'start' | 'success' | 'fail' | 'log'
  exitStatus: number | null
}

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const BY_ID = new RegExp(`^/(${UUID})(?:/(start|fail|log|\\d+)?)?$`)
const BY_SLUG = /^\/([A-Za-z0-9_-]+)\/([A-Za-z0-9_-]+)(?:\/(start|fail|log|\d+)?)?$/
/** Without /ping in front, as the hosted service has it: only what can't be a page of ours. */
const AT_ROOT = new RegExp(`^/(?:${UUID}(?:/[^/]*)?|[A-Za-z0-9_-]{22}/[A-Za-z0-9_-]+(?:/[^/]*)?)$`)
const PREFIX = /^\/ping(?=\/)/

/** The rest of a ping's path, whichever of the two ways it was written; undefined: this is no ping. */
export function pingRest(path: string): string | undefined {
  if (PREFIX.test(path)) return path.replace(PREFIX, '')
  return AT_ROOT.test(path) ? path : undefined
}

/** Whether a path belongs to any of the doors for heartbeats. */
export function isHeartbeat(path: string): boolean {
  return /^\/api\/(push|heartbeat)\//.test(path) || pingRest(path) !== undefined
}

/** Reads the rest of a path. Answers the words of a refusal for what can't be one. */
export function readPingPath(
  rest: string,
  mayCreate: boolean,
): PingPath | 'not found' | 'invalid url format' {
  const [, pingId, idSuffix] = BY_ID.exec(rest) ?? []
  if (pingId) return withSuffix({ pingId }, idSuffix)
  const [, pingKey, slug, suffix] = BY_SLUG.exec(rest) ?? []
  if (!pingKey || !slug) return 'not found'
  if (slug !== slug.toLowerCase()) return 'invalid url format'
  return withSuffix({ pingKey, slug, mayCreate }, suffix)
}

function withSuffix(place: PingPlace, suffix = ''): PingPath | 'invalid url format' {
  if (suffix === 'start' || suffix === 'fail' || suffix === 'log')
    return { place, signal: suffix, exitStatus: null }
  if (!suffix) return { place, signal: 'success', exitStatus: null }
  const exitStatus = suffix.length > 3 ? Infinity : Number(suffix)
  if (exitStatus > 255) return 'invalid url format'
  return { place, signal: exitStatus === 0 ? 'success' : 'fail', exitStatus }
}
