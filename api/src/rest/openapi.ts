import { type CompiledOperation, type CompiledParameter } from './compile-operation.ts'
import { type JsonSchema, JsonSchemas } from './json-schema.ts'
import { INTRODUCTION, PROBLEM_SCHEMA, SECURITY_SCHEMES, TAGS } from './openapi-texts.ts'
import { type RestOperation, statusOf } from './operation.ts'
import { TITLES } from './problems.ts'

const json = (schema: JsonSchema, example?: unknown): JsonSchema => ({
  'application/json': { schema, ...(example === undefined ? {} : { example }) },
})

/** The OpenAPI 3.1 document, for a server below a path. */
export function openapi(
  operations: readonly CompiledOperation[],
  prefix: string,
): Record<string, unknown> {
  const schemas = new JsonSchemas()
  const paths: Record<string, JsonSchema> = {}
  for (const compiled of operations) {
    const { path, method } = compiled.operation
    const item = (paths[path] ??= path.includes('{id}') ? { parameters: [idParameter(path)] } : {})
    item[method.toLowerCase()] = operationObject(compiled, schemas)
  }
  const sorted = Object.entries(schemas.known).sort(([a], [b]) => (a < b ? -1 : 1))
  return {
    openapi: '3.1.0',
    info: {
      ...{ title: 'Allswell', version: '1', summary: 'Uptime monitoring' },
      description: INTRODUCTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: `${prefix}/api/v1`, description: 'This server.' }],
    tags: TAGS,
    paths,
    components: {
      securitySchemes: SECURITY_SCHEMES,
      schemas: { ...(Object.fromEntries(sorted) as JsonSchema), Problem: PROBLEM_SCHEMA },
      responses: problemResponses(),
    },
  }
}

function idParameter(path: string): JsonSchema {
  const what = path.split('/')[1]!.replace(/ies$/, 'y').replace(/s$/, '').replaceAll('-', ' ')
  return {
    ...{ name: 'id', in: 'path', required: true, schema: { type: 'string' } },
    description: `The id of the ${what}.`,
  }
}

function operationObject(compiled: CompiledOperation, schemas: JsonSchemas): JsonSchema {
  const { operation, rule } = compiled
  const { operationId, tag, summary } = operation
  const parameters = [
    ...compiled.parameters.map((one) => queryParameter(one, schemas)),
    ...headerParameters(compiled),
  ]
  return {
    ...{ operationId, tags: [tag], summary, description: descriptionOf(compiled) },
    ...(parameters.length ? { parameters } : {}),
    ...(compiled.body ? { requestBody: requestBody(compiled, schemas) } : {}),
    responses: responsesOf(compiled, schemas),
    security: rule?.role
      ? [{ session: [] }, { apiToken: rule.scope ? [rule.scope] : [] }, { accessToken: [] }]
      : [{ session: [] }, { accessToken: [] }, ...(rule ? [] : [{ apiToken: [] }])],
  }
}

function descriptionOf({ operation, field, rule }: CompiledOperation): string {
  const contract = (field.description ?? '').replace(/```[\s\S]*?```/g, '').trim()
  const scope = rule?.scope ? ` and, of limited tokens, the scope \`${rule.scope}\`` : ''
  const need = rule?.role ? `Needs the role \`${rule.role}\`${scope}.` : 'Needs a signed-in person.'
  const isAboutIt = !operation.nested && !operation.findById
  return [isAboutIt ? contract : '', operation.description, need].filter(Boolean).join('\n\n')
}

function queryParameter(parameter: CompiledParameter, schemas: JsonSchemas): JsonSchema {
  const { name, description, type } = parameter
  const fallback = parameter.default === undefined ? {} : { default: parameter.default }
  const schema = schemas.inputOf(type)
  const items = schema['items'] as JsonSchema | undefined
  // No item of a list in an address is null either.
  const precise = items
    ? { type: 'array', items: items['$ref'] ? items : withoutNull(items) }
    : schema
  return {
    ...{ name, in: 'query', description },
    schema: precise['$ref'] ? { ...precise } : { ...precise, ...fallback },
  }
}

const withoutNull = (schema: JsonSchema): JsonSchema =>
  Array.isArray(schema['type']) ? { ...schema, type: schema['type'][0] as string } : schema

function headerParameters({ operation, input }: CompiledOperation): JsonSchema[] {
  const header = (name: string, description: string): JsonSchema => ({
    ...{ name, in: 'header', description, schema: { type: 'string' } },
  })
  const fields = input?.getFields() ?? {}
  const { method } = operation
  return [
    method === 'POST' && operation.location && fields['idempotencyKey']
      ? header('Idempotency-Key', 'The same key with the same body creates one object only.')
      : undefined,
    fields['expectedVersion'] || operation.versionFrom
      ? header('If-Match', 'The ETag of what you edited: 412 when somebody was faster.')
      : undefined,
    method === 'GET'
      ? header('If-None-Match', 'The ETag of what you have: 304 when it is the same.')
      : undefined,
  ].filter((one) => one !== undefined)
}

function requestBody(
  { operation, body, bodyFields }: CompiledOperation,
  schemas: JsonSchemas,
): JsonSchema {
  const fields = Object.values(body!.getFields()).filter(({ name }) => bodyFields.includes(name))
  const { operationId, example, method } = operation
  const name = `${operationId[0]!.toUpperCase()}${operationId.slice(1)}Body`
  schemas.known[name] = { description: body!.description ?? '', ...schemas.fields(fields) }
  const schema = { $ref: `#/components/schemas/${name}` }
  const content = { schema, ...(example ? { example } : {}) }
  const patch = method === 'PATCH' ? { 'application/merge-patch+json': content } : {}
  return { required: true, content: { 'application/json': content, ...patch } }
}

const ETAG = { description: 'Names this representation.', schema: { type: 'string' } }
const LINK = {
  description: 'The next page, as rel="next"; absent on the last one.',
  schema: { type: 'string' },
}
const LOCATION = {
  description: 'Where the new object is.',
  schema: { type: 'string', format: 'uri-reference' },
}

function responsesOf(compiled: CompiledOperation, schemas: JsonSchemas): JsonSchema {
  const { operation, shape, isList } = compiled
  const one = operation.method === 'DELETE' ? {} : schemas.ofShape(shape)
  const schema = isList ? { type: 'array', items: one } : one
  const status = statusOf(operation)
  const isReading = operation.method === 'GET'
  const headers = headersOf(operation)
  const told =
    status === 204
      ? { description: 'Done.' }
      : {
          description: status === 201 ? 'Created.' : 'Done.',
          ...(Object.keys(headers).length ? { headers } : {}),
          content: json(schema),
        }
  const problems = problemsOf(compiled).map((code) => [
    String(code),
    { $ref: `#/components/responses/Problem${code}` },
  ])
  return {
    [status]: told,
    ...(isReading ? { 304: { description: 'It is what If-None-Match named.' } } : {}),
    ...(Object.fromEntries(problems) as JsonSchema),
  }
}

function headersOf(operation: RestOperation): JsonSchema {
  return {
    ...(operation.method === 'GET' || operation.hasVersion ? { ETag: ETAG } : {}),
    ...(operation.isPaged ? { Link: LINK } : {}),
    ...(statusOf(operation) === 201 ? { Location: LOCATION } : {}),
  }
}

function problemsOf({ operation, body, input }: CompiledOperation): number[] {
  const isEdit = input?.getFields()['expectedVersion'] !== undefined
  const isWriting = operation.method !== 'GET'
  return [
    ...[400, 401, 403, 404, 406, 429, 500, 503],
    ...(isWriting ? [409, 422] : []),
    ...(isEdit || operation.versionFrom ? [412] : []),
    ...(body || isWriting ? [413, 415] : []),
  ].sort((a, b) => a - b)
}

const TOLD = [400, 401, 403, 404, 406, 409, 412, 413, 415, 422, 429, 500, 503]

function problemResponses(): JsonSchema {
  const schema = { $ref: '#/components/schemas/Problem' }
  const wait = {
    'Retry-After': { description: 'Seconds to wait.', schema: { type: 'string' } },
  }
  const all = TOLD.map((status) => [
    `Problem${status}`,
    {
      description: `${TITLES[status]}.`,
      ...(status === 429 ? { headers: wait } : {}),
      content: { 'application/problem+json': { schema } },
    },
  ])
  return Object.fromEntries(all) as JsonSchema
}
