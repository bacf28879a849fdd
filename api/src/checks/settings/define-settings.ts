import type { FieldProblem } from '../../lib/app-error.ts'
import { type Field, FieldRefusal } from './fields.ts'

export type FieldMap = Record<string, Field<unknown>>
type ValueOf<F> = F extends Field<infer T> ? T : never
/** The TypeScript type of settings that were declared as data. */
export type SettingsOf<D> = { [K in keyof D]: ValueOf<D[K]> }

/** Settings as stored: what may be shown, and what is sealed. */
export interface ParsedSettings {
  settings: Record<string, unknown>
  secrets: Record<string, string>
}

export interface SettingsSchema<S> {
  readonly fields: FieldMap
  /**
   * Checks what a person gave, fills in defaults and takes secrets apart. Absent and null mean the default.
   * Answers every problem at once, each with the path of its field.
   */
  parse(input: Readonly<Record<string, unknown>>): ParsedSettings | FieldProblem[]
  /** Stored settings and opened secrets as the engine takes them; fields that came later get their defaults. */
  merge(settings: Readonly<Record<string, unknown>>, secrets: Readonly<Record<string, string>>): S
}

/** A rule between fields: answers problems of settings whose fields are all right. */
type CrossCheck<S> = (settings: S) => FieldProblem[]

/** Declares the settings of a kind as data. */
export function defineSettings<D extends { [K in keyof D]: Field<never> | Field<unknown> }>(
  fields: D,
  crossCheck: CrossCheck<SettingsOf<D>> = () => [],
): SettingsSchema<SettingsOf<D>> {
  const map = fields as unknown as FieldMap
  const entries = Object.entries(map)
  const merge = (
    settings: Readonly<Record<string, unknown>>,
    secrets: Readonly<Record<string, string>>,
  ) => {
    const merged: Record<string, unknown> = {}
    for (const [name, field] of entries) {
      const stored = field.type === 'SECRET' ? secrets[name] : settings[name]
      merged[name] = stored ?? field.byDefault
    }
    return merged as SettingsOf<D>
  }
  return {
    fields: map,
    merge,
    parse(input) {
      const parsed = parseFields(map, input)
      if (Array.isArray(parsed)) return parsed
      const problems = crossCheck(merge(parsed.settings, parsed.secrets))
      return problems.length ? problems : parsed
    },
  }
}

function parseFields(
  fields: FieldMap,
  input: Readonly<Record<string, unknown>>,
): ParsedSettings | FieldProblem[] {
  const problems: FieldProblem[] = []
  const parsed: ParsedSettings = { settings: {}, secrets: {} }
  for (const name of Object.keys(input))
    if (!Object.hasOwn(fields, name))
      problems.push({ path: [name], code: 'INVALID', message: `There is no setting "${name}".` })
  for (const [name, field] of Object.entries(fields)) {
    const value = readField(name, field, input[name], problems)
    if (field.type !== 'SECRET') parsed.settings[name] = value
    else if (typeof value === 'string') parsed.secrets[name] = value
  }
  return problems.length ? problems : parsed
}

function readField(
  name: string,
  field: Field<unknown>,
  given: unknown,
  problems: FieldProblem[],
): unknown {
  try {
    const value = given === undefined || given === null ? field.byDefault : field.read(given)
    if (value === null && field.isRequired)
      problems.push({ path: [name], code: 'REQUIRED', message: `${field.label} is needed.` })
    return value
  } catch (error) {
    if (!(error instanceof FieldRefusal)) throw error
    problems.push({ path: [name], code: error.code, message: error.message })
    return field.byDefault
  }
}
