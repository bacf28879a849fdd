import type { UserErrorCode } from '../../../generated/operations.ts'
import type { PageDraft } from './draft.ts'

export interface GivenError {
  path: readonly string[]
  code: UserErrorCode
  message: string
}

export interface DraftErrors {
  /** By field: `slug`, or `<key>.name` of a section or a component. */
  fields: Readonly<Record<string, string>>
  /** What belongs to no field. */
  rest: readonly string[]
}

export const NO_ERRORS: DraftErrors = { fields: {}, rest: [] }

const FIELDS: ReadonlySet<string> = new Set([
  ...['title', 'slug', 'description', 'logo', 'accentColor', 'theme', 'visibility', 'password'],
  ...['domain', 'timeZone', 'locale'],
])
const PART_FIELDS: ReadonlySet<string> = new Set(['name', 'description', 'monitorIds'])

/** Somebody else has saved the page since it was read. */
export const isOutdated = (errors: readonly GivenError[]): boolean =>
  errors.some(({ path, code }) => code === 'CONFLICT' && stepsOf(path)[0] === 'expectedVersion')

/** Brings the server's errors to their fields. Sections and components are named, so that moving them moves the error. */
export function sortErrors(errors: readonly GivenError[], draft: PageDraft): DraftErrors {
  const fields: Record<string, string> = {}
  const rest: string[] = []
  for (const { path, message } of errors) {
    const field = fieldAt(stepsOf(path), draft)
    if (field === null) rest.push(message)
    else fields[field] ??= message
  }
  return { fields, rest }
}

const stepsOf = (path: readonly string[]): readonly string[] =>
  path[0] === 'input' ? path.slice(1) : path

function fieldAt([first = '', ...steps]: readonly string[], draft: PageDraft): string | null {
  if (first !== 'sections') return FIELDS.has(first) ? first : null
  const section = draft.sections[Number(steps[0])]
  if (!section) return null
  if (steps[1] !== 'components') return partField(section.key, steps[1])
  const component = section.components[Number(steps[2])]
  return component ? partField(component.key, steps[3]) : null
}

const partField = (key: string, name = ''): string | null =>
  PART_FIELDS.has(name) ? `${key}.${name}` : null

/** What is typed anew is no longer wrong. */
export function errorsThatStay(
  errors: DraftErrors,
  before: PageDraft,
  now: PageDraft,
): DraftErrors {
  const names = Object.keys(errors.fields)
  const stay = names.filter((field) => valueAt(before, field) === valueAt(now, field))
  if (stay.length === names.length) return errors
  return { ...errors, fields: Object.fromEntries(stay.map((name) => [name, errors.fields[name]!])) }
}

function valueAt(draft: PageDraft, field: string): unknown {
  const [key = '', name] = field.split('.')
  if (name === undefined) return draft[key as keyof PageDraft]
  const parts = draft.sections.flatMap((section) => [section, ...section.components])
  const part = parts.find((one) => one.key === key)
  return part?.[name as keyof typeof part]
}
