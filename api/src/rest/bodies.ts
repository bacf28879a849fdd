import { isRequiredInputField } from 'graphql'
import type { CompiledOperation } from './compile-operation.ts'
import { type Complaint, Problem } from './problems.ts'

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
  const complaints = [...unknownFields(compiled, body), ...missingFields(compiled, body)]
  if (complaints.length)
    throw new Problem(422, complaints.map(({ message }) => message).join(' '), complaints)
  return compiled.operation.method === 'PUT' ? replacing(compiled, body) : { ...body }
}

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

/** What is absent from a replacement has its default again. */
function replacing(
  { bodyFields, input, operation: { absent = {} } }: CompiledOperation,
  body: Fields,
): Record<string, unknown> {
  const all = bodyFields
    .filter((name) => input?.getFields()[name])
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
