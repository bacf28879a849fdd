import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { newAddress } from '../matrix/asking.ts'
import type { ObjectKind } from '../matrix/argument-ids.ts'
import { CanaryWorld, type Place } from '../matrix/canary-world.ts'

type Json = Record<string, unknown>

/** One operation of the document. */
export interface Described {
  operationId: string
  method: string
  path: string
  parameters: { name: string; in: string; schema: Json }[]
  /** An example of its body; undefined where it takes none. */
  example: unknown
  body: Json | undefined
  responses: Record<string, { $ref?: string; content?: Record<string, { schema: Json }> }>
}

/** What came back. */
export interface RestReply {
  status: number
  type: string
  text: string
  headers: Headers
}

const KINDS: Record<string, ObjectKind> = {
  monitors: 'monitor',
  members: 'member',
  invitations: 'invitation',
  'api-tokens': 'api token',
  'status-pages': 'status page',
  components: 'component',
}

/** The whole server with its OpenAPI document, which judges every answer. */
export class RestWorld {
  readonly operations: Described[] = []
  private readonly validators = new Map<string, ValidateFunction>()

  private constructor(
    readonly world: CanaryWorld,
    readonly document: Json,
    private readonly ajv: Ajv2020,
  ) {}

  static async open(): Promise<RestWorld> {
    const world = await CanaryWorld.open()
    const answer = await fetch(`http://localhost:${world.app.port}/api/openapi.json`)
    const document = (await answer.json()) as Json
    const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true })
    addFormats.default(ajv)
    ajv.addSchema({ $id: 'doc', components: document['components'] as Json })
    const rest = new RestWorld(world, document, ajv)
    rest.readPaths()
    return rest
  }

  close(): Promise<void> {
    return this.world.close()
  }

  /** What an operation of this path is about; undefined where its address names nothing. */
  kindOf({ path }: Described): ObjectKind | undefined {
    return path.includes('{id}') ? KINDS[path.split('/')[1]!] : undefined
  }

  newId(operation: Described, place: Place): Promise<string | undefined> {
    const kind = this.kindOf(operation)
    return kind ? this.world.object(kind, place, place.ownerId) : Promise.resolve(undefined)
  }

  async ask(
    { method, path }: Described,
    {
      id,
      query = '',
      body,
      headers = {},
    }: {
      id?: string | undefined
      query?: string
      body?: unknown
      headers?: Record<string, string>
    },
  ): Promise<RestReply> {
    const address = path.replace('{id}', encodeURIComponent(id ?? ''))
    const answer = await fetch(`http://localhost:${this.world.app.port}/api/v1${address}${query}`, {
      method,
      headers: {
        'x-forwarded-for': newAddress(),
        'x-requested-with': 'test',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const { status, headers: told } = answer
    return {
      status,
      type: told.get('content-type') ?? '',
      text: await answer.text(),
      headers: told,
    }
  }

  /** What is wrong with an answer, by the document; undefined when nothing is. */
  faultOf(operation: Described, { status, type, text }: RestReply): string | undefined {
    const response = operation.responses[String(status)]
    const name = `${operation.operationId} ${status}`
    if (!response) return `${name} is not in the document: ${text.slice(0, 200)}`
    const content = this.resolved(response).content
    if (!content) return text ? `${name} has a body: ${text.slice(0, 100)}` : undefined
    const schema = content[type.split(';')[0]!]?.schema
    if (!schema) return `${name} is ${type}`
    const validate = this.validatorOf(`${name} ${type}`, schema)
    if (validate(JSON.parse(text))) return undefined
    return `${name}: ${this.ajv.errorsText(validate.errors)} in ${text.slice(0, 200)}`
  }

  private resolved(response: Described['responses'][string]): Described['responses'][string] {
    if (!response.$ref) return response
    const name = response.$ref.split('/').at(-1)!
    const { responses } = this.document['components'] as { responses: Described['responses'] }
    return responses[name]!
  }

  private validatorOf(name: string, schema: Json): ValidateFunction {
    const known = this.validators.get(name)
    if (known) return known
    const text = JSON.stringify(schema).replaceAll('"#/components/', '"doc#/components/')
    const made = this.ajv.compile(JSON.parse(text) as Json)
    this.validators.set(name, made)
    return made
  }

  private readPaths(): void {
    const paths = this.document['paths'] as Record<string, Record<string, Json>>
    for (const [path, methods] of Object.entries(paths))
      for (const [method, told] of Object.entries(methods)) {
        if (method === 'parameters') continue
        const content = (told['requestBody'] as { content?: Record<string, Json> } | undefined)
          ?.content
        const json = content?.['application/json']
        this.operations.push({
          operationId: String(told['operationId']),
          method: method.toUpperCase(),
          path: path.replace(/^\/api\/v1/, ''),
          parameters: (told['parameters'] ?? []) as Described['parameters'],
          body: json?.['schema'] as Json | undefined,
          example: exampleOf(json),
          responses: told['responses'] as Described['responses'],
        })
      }
  }
}

function exampleOf(content: Json | undefined): unknown {
  const examples = content?.['examples'] as Record<string, { value: unknown }> | undefined
  return content?.['example'] ?? Object.values(examples ?? {})[0]?.value
}
