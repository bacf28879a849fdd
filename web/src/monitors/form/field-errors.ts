import type { UserErrorCode } from '../../generated/operations.ts'

export interface GivenError {
  path: readonly string[]
  code: UserErrorCode
  message: string
}

export interface FormErrors {
  /** Errors of fields: `name`, `intervalSeconds`, `settings.url`, `conditions`. */
  fields: Record<string, string>
  /** Errors of single lines: `conditions` -> index -> message. */
  lines: Record<string, Record<number, string>>
  /** What belongs to no field of this form. */
  rest: string[]
  isConflict: boolean
}

export const noErrors: FormErrors = { fields: {}, lines: {}, rest: [], isConflict: false }

/** Sorts a mutation's errors to the form's fields; `known` are the names of its fields. Nothing is dropped. */
export function sortErrors(errors: readonly GivenError[], known: ReadonlySet<string>): FormErrors {
  const sorted: FormErrors = { fields: {}, lines: {}, rest: [], isConflict: false }
  for (const { path, code, message } of errors) {
    if (code === 'CONFLICT') sorted.isConflict = true
    const { key, line } = place(path, known)
    if (key === null) sorted.rest.push(message)
    else if (line === null) sorted.fields[key] ??= message
    else (sorted.lines[key] ??= {})[line] = message
  }
  return sorted
}

/** `input.settings.http.url` is the field `settings.url`; `conditions.1` is the second line of `conditions`. */
function place(
  path: readonly string[],
  known: ReadonlySet<string>,
): { key: string | null; line: number | null } {
  const steps = path[0] === 'input' ? path.slice(1) : [...path]
  const [first = '', second, third] = steps
  const isSetting = first === 'settings'
  // The kind may or may not stand between `settings` and the field.
  const name = [third, second].find((step) => step && known.has(`settings.${step}`))
  const key = isSetting ? (name ? `settings.${name}` : null) : first
  if (key === null || !known.has(key)) return { key: null, line: null }
  const after = isSetting ? steps[steps.indexOf(name ?? '') + 1] : second
  const isLine = after !== undefined && /^\d+$/.test(after)
  return { key, line: isLine ? Number(after) : null }
}
