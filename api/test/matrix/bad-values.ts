import {
  type GraphQLArgument,
  type GraphQLInputField,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isNonNullType,
} from 'graphql'
import type { ContractRow } from './contract-rows.ts'

export interface BadValue {
  what: string
  value: unknown
  /** Whether a text like this may be good somewhere, such as in a password. */
  mayBeGood?: boolean
}

type Input = GraphQLInputField | GraphQLArgument

export interface Leaf {
  path: string[]
  field: Input
}

const KILO = 1024

/** Texts that break what was not written for them. */
const TEXTS: readonly BadValue[] = [
  { what: 'nothing', value: '' },
  { what: 'white space', value: ' \t ' },
  { what: 'a NUL', value: 'a\u0000b' },
  { what: 'a line break', value: 'a\r\nSet-Cookie: b=c', mayBeGood: true },
  { what: 'other controls', value: 'a\u001b[31m\u0007', mayBeGood: true },
  { what: 'a text that turns direction', value: 'a\u202Eexe.txt', mayBeGood: true },
  { what: 'half a character', value: 'a\uD800b' },
  { what: 'the other half', value: '\uDC00' },
  { what: 'a face of a family', value: '👨‍👩‍👧‍👦'.repeat(3), mayBeGood: true },
  { what: 'towering accents', value: `Z${'\u0301'.repeat(60)}`, mayBeGood: true },
  { what: 'SQL', value: `x'); drop table app_user; --`, mayBeGood: true },
  { what: 'markup', value: '<script>alert(1)</script>', mayBeGood: true },
  { what: '4 kB', value: 'x'.repeat(4 * KILO) },
  { what: '800 kB', value: 'x'.repeat(800 * KILO) },
]

/** What is of another type than wanted. */
const STRANGERS: readonly BadValue[] = [
  { what: 'a list', value: [['a'], {}] },
  { what: 'an object', value: { toString: 'a' } },
  { what: 'null', value: null, mayBeGood: true },
]

const NUMBERS: readonly BadValue[] = [
  { what: 'a text for a number', value: '1e3' },
  { what: 'less than nothing', value: -1 },
  { what: 'half of one', value: 0.5 },
  { what: 'the largest', value: 2 ** 31 - 1, mayBeGood: true },
  { what: 'more than fits', value: 2 ** 53 },
]

/** The values to try in a field, by its type. */
export function badValuesOf(field: Input): readonly BadValue[] {
  const named = getNamedType(field.type)
  if (named.name === 'Int' || named.name === 'Float') return [...NUMBERS, ...STRANGERS]
  if (isEnumType(named)) return [{ what: 'a value of no enum', value: 'EVIL' }, ...STRANGERS]
  if (named.name === 'Boolean') return [{ what: 'a text for a truth', value: 'true' }, ...STRANGERS]
  if (named.name === 'JSON')
    return [...TEXTS, { what: 'a list', value: [['a']] }, { what: 'deep', value: deep(500) }]
  const texts = isNonNullType(field.type) ? TEXTS : TEXTS.map(orAbsent)
  return [...texts, { what: 'a number for a text', value: 12 }, ...STRANGERS]
}

/** An empty text where none is needed is as good as none. */
const orAbsent = (bad: BadValue): BadValue =>
  String(bad.value).trim() ? bad : { ...bad, mayBeGood: true }

function deep(levels: number): unknown {
  return Array.from({ length: levels }).reduce<unknown>((inner) => ({ inner }), 'x')
}

/** What a field is given, wherever in its inputs it stands; a path leads to each. */
export function leavesOf(row: ContractRow): Leaf[] {
  return row.rootField.args.flatMap((arg) => leavesIn(arg, []))
}

function leavesIn(field: Input, above: string[]): Leaf[] {
  const named = getNamedType(field.type)
  const path = [...above, field.name]
  if (!isInputObjectType(named)) return [{ path, field }]
  // Settings of monitors have tests of their own, kind by kind.
  if (named.isOneOf) return []
  return Object.values(named.getFields()).flatMap((inner) => leavesIn(inner, path))
}

/** A copy of variables with another value at a path. */
export function withValue(
  variables: Record<string, unknown>,
  path: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const [name = '', ...rest] = path
  const inner = (variables[name] ?? {}) as Record<string, unknown>
  return { ...variables, [name]: rest.length ? withValue(inner, rest, value) : value }
}
