import { type GraphQLInputObjectType, isRequiredInputField } from 'graphql'
import type { CompiledOperation } from './compile-operation.ts'
import { type Complaint, Problem } from './problems.ts'
import { withoutReadOnly } from './read-only.ts'

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** What the body says of the input. Throws 400 for what is no object, 422 for unknown and missing fields. */
export function readBody(compiled: CompiledOperation, body: unknown): Record<string, unknown> {
  if (!compiled.body) {
    if (body === undefined || body === null || (isObject(body) && !Object.keys(body).length))
      return {}
    throw new Problem(400, 'This takes no body.')
  }
  if (!isObject(body)) throw new Problem(400, 'Send a JSON object.')
  const isWhole = compiled.operation.method === 'PUT'
  const said = isWhole ? sentBack(compiled, compiled.body, body) : body
  const complaints = [...unknownFields(compiled, said), ...missingFields(compiled, said)]
  if (complaints.length)
    throw new Problem(422, complaints.map(({ message }) => message).join(' '), complaints)
  return isWhole ? replacing(compiled, said) : { ...said }
}

/** What was read, edited and is sent back holds what can only be read: that is no mistake. */
const sentBack = (
  { shape, bodyFields }: CompiledOperation,
  input: GraphQLInputObjectType,
  body: Fields,
): Fields => withoutReadOnly(body, shape, input, (name) => bodyFields.includes(name))

function unknownFields({ bodyFields }: CompiledOperation, body: Fields): Complaint[] {
  const message = `There is no such field. There are ${bodyFields.join(', ')}.`
  return Object.keys(body)
    .filter((name) => !bodyFields.includes(name))
    .map((name) => ({ path: [name.slice(0, 100)], code: 'INVALID', message }))
}

function missingFields({ body: type, bodyFields }: CompiledOperation, body: Fields): Complaint[] {
  return Object.values(type?.getFields() ?? {})
    .filter((field) => isRequiredInputField(field) && bodyFields.includes(field.name))
    .filter(({ name }) => body[name] === undefined || body[name] === null)
    .map(({ name }) => ({ path: [name], code: 'REQUIRED', message: `${name} is missing.` }))
}

/** What is absent from a replacement has its default again; but what nobody can read stays: a password, a picture. */
function replacing(
  { bodyFields, input, shape, operation: { absent = {} } }: CompiledOperation,
  body: Fields,
): Record<string, unknown> {
  const isReadable = (name: string): boolean =>
    shape.kind !== 'object' || shape.fields.some((field) => field.name === name)
  const all = bodyFields
    .filter((name) => input?.getFields()[name])
    .filter((name) => name in body || name in absent || isReadable(name))
    .map((name) => [name, body[name] ?? absent[name] ?? null])
  return Object.fromEntries(all) as Record<string, unknown>
}

/** RFC 7396, but that null stays: it clears what it names, secrets too. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch
  const base = isObject(target) ? target : {}
  const merged = Object.entries(patch).map(([name, value]) => [name, mergePatch(base[name], value)])
  return { ...base, ...(Object.fromEntries(merged) as Fields) }
}
