export interface DiffLine {
  /** Where it stands, such as `settings.http.url`. */
  path: string
  before: string | null
  after: string | null
}

/** What differs between two states, a line for each value; null: it was not there. */
export function diffLines(before: unknown, after: unknown): DiffLine[] {
  const [old, next] = [leavesOf(before), leavesOf(after)]
  const paths = [...new Set([...old.keys(), ...next.keys()])]
  return paths
    .map((path) => ({ path, before: old.get(path) ?? null, after: next.get(path) ?? null }))
    .filter((line) => line.before !== line.after)
}

/** Every value with the path that leads to it. */
function leavesOf(value: unknown, path = '', found = new Map<string, string>()) {
  const inner = innerOf(value)
  for (const [key, part] of inner) leavesOf(part, path ? `${path}.${key}` : key, found)
  if (inner.length === 0 && (path || isThere(value))) found.set(path, textOf(value))
  return found
}

const isThere = (value: unknown) => value !== null && value !== undefined
const innerOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null ? Object.entries(value) : []

function textOf(value: unknown): string {
  if (!isThere(value)) return '–'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
