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

export const noErrors = (): FormErrors => ({
  fields: {},
  lines: {},
  rest: [],
  isConflict: false,
})

/** Sorts a mutation's errors to the form's fields; `known` are the names of its fields. Nothing is dropped. */
export function sortErrors(errors: readonly GivenError[], known: ReadonlySet<string>): FormErrors {
  const sorted = noErrors()
  for (const { path, code, message } of errors) {
    if (code === 'CONFLICT') sorted.isConflict = true
    const { key, line } = place(path, known)
    if (key === null) sorted.rest.push(message)
    else if (line === null) sorted.fields[key] ??= message
    else (sorted.lines[key] ??= {})[line] = message
  }
  return sorted
}

interface Place {
  key: string | null
  line: number | null
}

/** `input.settings.http.url` is the field `settings.url`; `conditions.1` is the second line of `conditions`. */
function place(path: readonly string[], known: ReadonlySet<string>): Place {
  const steps = path[0] === 'input' ? path.slice(1) : path
  return steps[0] === 'settings' ? placeOfSetting(steps.slice(1), known) : placeAt(steps, known)
}

/** The kind may or may not stand before the name of the setting. */
function placeOfSetting(steps: readonly string[], known: ReadonlySet<string>): Place {
  const at = [1, 0].find((index) => known.has(`settings.${steps[index]}`))
  if (at === undefined) return { key: null, line: null }
  return { key: `settings.${steps[at]}`, line: lineIn(steps[at + 1]) }
}

function placeAt([name = '', next]: readonly string[], known: ReadonlySet<string>): Place {
  return known.has(name) ? { key: name, line: lineIn(next) } : { key: null, line: null }
}

function lineIn(step: string | undefined): number | null {
  return step !== undefined && /^\d+$/.test(step) ? Number(step) : null
}
