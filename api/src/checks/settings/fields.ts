export type SettingFieldType =
  | 'STRING'
  | 'TEXT'
  | 'URL'
  | 'INTEGER'
  | 'NUMBER'
  | 'BOOLEAN'
  | 'ENUM'
  | 'SECRET'
  | 'STRING_LIST'
  | 'KEY_VALUES'

export interface KeyValue {
  name: string
  value: string
}

/** How a person says it is wrong: thrown by `read`, gathered by `parse`. */
export class FieldRefusal extends Error {
  constructor(
    message: string,
    readonly code: 'INVALID' | 'LIMIT' = 'INVALID',
  ) {
    super(message)
  }
}

/** One setting as data: the form, the contract and the validation come from it. */
export interface Field<T> {
  readonly type: SettingFieldType
  readonly label: string
  readonly description: string
  readonly isRequired: boolean
  readonly isAdvanced: boolean
  readonly placeholder: string | null
  readonly options: readonly { value: string; label: string }[]
  readonly min: number | null
  readonly max: number | null
  /** What it is when nothing is said; null: nothing. */
  readonly byDefault: T
  /** Checks and cleans a value that is neither absent nor null. Throws FieldRefusal. */
  read(value: unknown): T
}

interface Words {
  label: string
  description: string
  isAdvanced?: boolean
  placeholder?: string
}

const LONGEST_STRING = 2_000
const LONGEST_TEXT = 100_000
const MOST_ITEMS = 100

function base(
  type: SettingFieldType,
  words: Words,
): Omit<Field<never>, 'byDefault' | 'read' | 'isRequired'> {
  const { label, description } = words
  return {
    type,
    label,
    description,
    isAdvanced: words.isAdvanced ?? false,
    placeholder: words.placeholder ?? null,
    options: [],
    min: null,
    max: null,
  }
}

/** PostgreSQL stores no NUL, and half a surrogate pair is no text. */
function cleanText(value: unknown, label: string, longest: number, isMultiline: boolean): string {
  if (typeof value !== 'string') throw new FieldRefusal(`${label} must be a text.`)
  if (value.length > longest)
    throw new FieldRefusal(`${label} has at most ${longest} characters.`, 'LIMIT')
  if (value.includes('\0') || !value.isWellFormed())
    throw new FieldRefusal(`${label} has characters that are no text.`)
  if (!isMultiline && /[\r\n]/.test(value))
    throw new FieldRefusal(`${label} must be a single line.`)
  return value
}

type Requiredness<T, W> = W extends { isRequired: true } ? T : T | null

export function string<
  W extends Words & { isRequired?: boolean; longest?: number; check?: (text: string) => void },
>(words: W): Field<Requiredness<string, W>> {
  return {
    ...base('STRING', words),
    isRequired: words.isRequired ?? false,
    byDefault: null as Requiredness<string, W>,
    read(value) {
      const text = cleanText(value, words.label, words.longest ?? LONGEST_STRING, false).trim()
      if (text) words.check?.(text)
      return (text || null) as Requiredness<string, W>
    },
  }
}

/** A single line with a default that stands for "nothing said". */
export function stringOr(
  byDefault: string,
  words: Words & { check?: (text: string) => void },
): Field<string> {
  const { read, ...rest } = string(words)
  return { ...rest, byDefault, read: (value) => read(value) ?? byDefault }
}

export function text(words: Words): Field<string | null> {
  return {
    ...base('TEXT', words),
    isRequired: false,
    byDefault: null,
    read: (value) => cleanText(value, words.label, LONGEST_TEXT, true) || null,
  }
}

/** Kept apart from the other settings, sealed, and never shown again. */
export function secret(words: Words): Field<string | null> {
  return {
    ...base('SECRET', words),
    isRequired: false,
    byDefault: null,
    read: (value) => cleanText(value, words.label, LONGEST_TEXT, true) || null,
  }
}

export function url<W extends Words & { isRequired?: boolean; schemes: readonly string[] }>(
  words: W,
): Field<Requiredness<string, W>> {
  return {
    ...base('URL', words),
    isRequired: words.isRequired ?? false,
    byDefault: null as Requiredness<string, W>,
    read(value) {
      const given = cleanText(value, words.label, LONGEST_STRING, false).trim()
      if (!given) return null as Requiredness<string, W>
      return cleanUrl(given, words.label, words.schemes) as Requiredness<string, W>
    },
  }
}

function cleanUrl(given: string, label: string, schemes: readonly string[]): string {
  const wanted = schemes.map((scheme) => `${scheme}://`).join(' or ')
  if (!URL.canParse(given))
    throw new FieldRefusal(`${label} is not a URL. It must begin with ${wanted}.`)
  const parsed = new URL(given)
  if (!schemes.includes(parsed.protocol.slice(0, -1)))
    throw new FieldRefusal(
      `${label} must begin with ${wanted}; ${parsed.protocol} can’t be checked.`,
    )
  if (parsed.username || parsed.password)
    throw new FieldRefusal(`${label} must not carry a password: use the authentication settings.`)
  if (!parsed.hostname) throw new FieldRefusal(`${label} has no host.`)
  return given
}

export function integer<
  W extends Words & { isRequired?: boolean; min: number; max: number; byDefault?: number },
>(
  words: W,
): Field<W extends { byDefault: number } | { isRequired: true } ? number : number | null> {
  type T = W extends { byDefault: number } | { isRequired: true } ? number : number | null
  return {
    ...base('INTEGER', words),
    min: words.min,
    max: words.max,
    isRequired: words.isRequired ?? false,
    byDefault: (words.byDefault ?? null) as T,
    read(value) {
      const isRight =
        typeof value === 'number' &&
        Number.isInteger(value) &&
        value >= words.min &&
        value <= words.max
      if (!isRight)
        throw new FieldRefusal(
          `${words.label} must be a whole number from ${words.min} to ${words.max}.`,
          'LIMIT',
        )
      return value as T
    },
  }
}

export function boolean(words: Words & { byDefault: boolean }): Field<boolean> {
  return {
    ...base('BOOLEAN', words),
    isRequired: false,
    byDefault: words.byDefault,
    read(value) {
      if (typeof value !== 'boolean')
        throw new FieldRefusal(`${words.label} must be true or false.`)
      return value
    },
  }
}

/** One of a closed list; values are upper case, as in the contract. */
export function choice<const O extends readonly { value: string; label: string }[]>(
  options: O,
  words: Words & { byDefault: O[number]['value'] },
): Field<O[number]['value']> {
  return {
    ...base('ENUM', words),
    options,
    isRequired: false,
    byDefault: words.byDefault,
    read(value) {
      const found = options.find((option) => option.value === value)
      if (found) return found.value
      throw new FieldRefusal(
        `${words.label} must be one of ${options.map((o) => o.value).join(', ')}.`,
      )
    },
  }
}

function items(value: unknown, label: string): unknown[] {
  if (!Array.isArray(value)) throw new FieldRefusal(`${label} must be a list.`)
  if (value.length > MOST_ITEMS)
    throw new FieldRefusal(`${label} has at most ${MOST_ITEMS} entries.`, 'LIMIT')
  return value
}

export function stringList(words: Words): Field<string[]> {
  return {
    ...base('STRING_LIST', words),
    isRequired: false,
    byDefault: [],
    read: (value) =>
      items(value, words.label)
        .map((item) => cleanText(item, words.label, LONGEST_STRING, false).trim())
        .filter(Boolean),
  }
}

interface PairChecks {
  checkName?: (name: string) => void
  checkValue?: (value: string) => void
}

export function keyValues(words: Words & PairChecks): Field<KeyValue[]> {
  return {
    ...base('KEY_VALUES', words),
    isRequired: false,
    byDefault: [],
    read: (value) =>
      items(value, words.label)
        .map((item) => keyValue(item, words))
        .filter((pair) => pair.name !== ''),
  }
}

function keyValue(item: unknown, words: Words & PairChecks): KeyValue {
  const given = (item ?? {}) as Partial<Record<'name' | 'value', unknown>>
  const name = cleanText(given.name ?? '', words.label, LONGEST_STRING, false).trim()
  const value = cleanText(given.value ?? '', words.label, LONGEST_STRING * 4, false)
  if (name) words.checkName?.(name)
  words.checkValue?.(value)
  return { name, value }
}
