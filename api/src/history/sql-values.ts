/** µs since 1970 as PostgreSQL reads it without loss. */
export function isoOfUs(us: number): string {
  const ms = Math.floor(us / 1000)
  const rest = String(us - ms * 1000).padStart(3, '0')
  return `${new Date(ms).toISOString().slice(0, -1)}${rest}Z`
}

export const isoOfMs = (ms: number): string => new Date(ms).toISOString()

/** A row of an array column as text, since unnest flattens arrays of arrays: cast it to `integer[]`. */
export const arrayText = (values: readonly (number | null)[]): string =>
  `{${values.map((value) => value ?? 'null').join()}}`

/** A text that PostgreSQL can store: it takes neither NUL nor half of a surrogate pair. */
export const storableText = (text: string): string =>
  text.replaceAll('\0', '\uFFFD').replace(/\p{Surrogate}/gu, '\uFFFD')
