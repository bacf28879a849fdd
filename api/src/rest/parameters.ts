import { getNamedType, getNullableType, isEnumType, isListType } from 'graphql'
import type { CompiledOperation, CompiledParameter } from './compile-operation.ts'
import { badParameter } from './problems.ts'

export type Variables = Record<string, unknown>

/** Puts a value where a dotted path leads, making objects on the way. */
export function put(variables: Variables, path: readonly string[], value: unknown): void {
  const [first = '', ...rest] = path
  if (!rest.length) {
    variables[first] = value
    return
  }
  const inner = (variables[first] ??= {}) as Variables
  put(inner, rest, value)
}

/** Reads the parameters of an address into variables. Throws 400 for what is unknown or wrong. */
export function readParameters(
  { parameters }: CompiledOperation,
  search: URLSearchParams,
  variables: Variables,
): void {
  const known = parameters.map(({ name }) => name)
  for (const name of new Set(search.keys()))
    if (!known.includes(name)) throw badParameter(name.slice(0, 40), unknown(known))
  for (const parameter of parameters) {
    const texts = search.getAll(parameter.name)
    if (texts.length) put(variables, parameter.path, valueOf(parameter, texts))
  }
}

const unknown = (known: readonly string[]): string =>
  known.length
    ? `There is no such parameter. There are ${known.join(', ')}.`
    : 'There is no such parameter: this address takes none.'

const MOST_VALUES = 500

function valueOf(parameter: CompiledParameter, texts: readonly string[]): unknown {
  const { name, type } = parameter
  const isList = isListType(getNullableType(type))
  if (!isList && texts.length > 1) throw badParameter(name, 'Give it once.')
  if (texts.length > MOST_VALUES) throw badParameter(name, `Give it at most ${MOST_VALUES} times.`)
  const values = texts.map((text) => oneOf(parameter, text))
  return isList ? values : values[0]
}

function oneOf({ name, type }: CompiledParameter, text: string): unknown {
  const named = getNamedType(type)
  if (isEnumType(named)) {
    if (named.getValue(text)) return text
    const names = named.getValues().map((value) => value.name)
    throw badParameter(name, `Choose one of ${names.join(', ')}.`)
  }
  if (named.name === 'Int') {
    if (/^-?\d{1,9}$/.test(text)) return Number(text)
    throw badParameter(name, 'Give a whole number.')
  }
  if (named.name === 'DateTime' && Number.isNaN(Date.parse(text)))
    throw badParameter(name, 'Give a time such as 2026-01-31T12:00:00Z.')
  return text
}
