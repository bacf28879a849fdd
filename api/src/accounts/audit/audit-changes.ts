const MASK = '•••'
/** Names of parameters and headers that hold secrets. */
const SECRET = /token|key|secret|pass|pwd|auth|sig|credential|cookie|session|^code$/i

/** What was changed between two states, field by field; null when nothing was. */
export function auditChanges(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): { before: Record<string, unknown>; after: Record<string, unknown> } | null {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null),
  )
  if (!names.length) return null
  const pick = (state: Readonly<Record<string, unknown>>): Record<string, unknown> =>
    Object.fromEntries(names.map((name) => [name, withoutSecrets(state[name] ?? null)]))
  return { before: pick(before), after: pick(after) }
}

/** Names of secrets with a mask in the place of each: which there are may be known, what they are may not. */
export function maskedSecrets(secrets: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.keys(secrets).map((name) => [name, MASK]))
}

/** The same value with the passwords and secret parameters of the addresses in it masked. */
export function withoutSecrets(value: unknown): unknown {
  if (typeof value === 'string') return maskedAddress(value)
  if (Array.isArray(value)) return value.map(withoutSecrets)
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  const { name } = value as { name?: unknown }
  if (typeof name === 'string' && 'value' in value && SECRET.test(name))
    return { ...value, value: MASK }
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withoutSecrets(inner)]),
  )
}

function maskedAddress(text: string): string {
  // Clients take https:/host and https:host for addresses too, and a password may hold an @.
  if (!/^\s*(https?:|[a-z][a-z0-9+.-]*:[/\\])/i.test(text)) return text
  const bare = text.replace(/^(\s*[a-z][a-z0-9+.-]*:[/\\]*)[^/\\?#]*@/i, `$1${MASK}@`)
  return bare.replace(/([?&;#]([^=&;#]*)=)[^&;#]*/g, (whole, start: string, name: string) =>
    SECRET.test(decoded(name)) ? `${start}${MASK}` : whole,
  )
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name)
  } catch {
    return name
  }
}
