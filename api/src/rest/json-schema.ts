import {
  getNamedType,
  type GraphQLEnumType,
  type GraphQLInputField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLLeafType,
  type GraphQLOutputType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isRequiredInputField,
} from 'graphql'
import type { ObjectShape, Shape } from './shape.ts'

export type JsonSchema = Record<string, unknown>

const SCALARS: Readonly<Record<string, JsonSchema>> = {
  ID: { type: 'string' },
  String: { type: 'string' },
  Boolean: { type: 'boolean' },
  Int: { type: 'integer', format: 'int32' },
  Float: { type: 'number' },
  DateTime: { type: 'string', format: 'date-time' },
  Cursor: { type: 'string' },
  JSON: {},
}
/** Their ids are no UUIDs. */
const OWN_IDS = new Set(['StatusPageComponent', 'Heartbeat', 'StateSpan'])

const ref = (name: string): JsonSchema => ({ $ref: `#/components/schemas/${name}` })

function orNull(schema: JsonSchema): JsonSchema {
  if (!Object.keys(schema).length) return schema
  if (typeof schema['type'] === 'string' && !schema['enum'])
    return { ...schema, type: [schema['type'], 'null'] }
  return { anyOf: [schema, { type: 'null' }] }
}

function described(schema: JsonSchema, description: string | null | undefined): JsonSchema {
  return description ? { ...schema, description } : schema
}

/** JSON Schemas of the contract's types, each under its name and once. */
export class JsonSchemas {
  readonly known: Record<string, JsonSchema> = {}

  /** What an answer holds. */
  ofShape(shape: Shape): JsonSchema {
    if (shape.kind === 'leaf') return this.leaf(shape.type)
    if (shape.kind === 'object') return this.object(shape)
    const oneOf = shape.members.map(({ key, shape: one }) => ({
      ...{ type: 'object', title: key, properties: { [key]: this.object(one) } },
      ...{ required: [key], additionalProperties: false },
    }))
    return { oneOf }
  }

  private object(shape: ObjectShape): JsonSchema {
    const { name, type, fields } = shape
    if (!this.known[name]) {
      // Stands there before its fields do: a type may hold itself.
      const schema: JsonSchema = (this.known[name] = { type: 'object' })
      const properties = fields.map((field) => {
        const inner = this.output(field.type, field.shape)
        const isUuid = field.name === 'id' && !OWN_IDS.has(type.name)
        const precise = isUuid ? { ...inner, format: 'uuid' } : inner
        return [field.name, described(precise, field.description)] as const
      })
      if (type.description) schema['description'] = type.description
      schema['properties'] = Object.fromEntries(properties)
      schema['required'] = fields.map((field) => field.name)
      schema['additionalProperties'] = false
    }
    return ref(name)
  }

  output(type: GraphQLOutputType, shape: Shape): JsonSchema {
    if (isNonNullType(type)) return this.outputOf(type.ofType as GraphQLOutputType, shape)
    return orNull(this.outputOf(type, shape))
  }

  private outputOf(type: GraphQLOutputType, shape: Shape): JsonSchema {
    if (isListType(type))
      return { type: 'array', items: this.output(type.ofType as GraphQLOutputType, shape) }
    return this.ofShape(shape)
  }

  /** What may be sent. */
  input(type: GraphQLInputType): JsonSchema {
    if (isNonNullType(type)) return this.inputOf(type.ofType as GraphQLInputType)
    return orNull(this.inputOf(type))
  }

  /** A parameter is never null. */
  inputOf(type: GraphQLInputType): JsonSchema {
    if (isNonNullType(type)) return this.inputOf(type.ofType as GraphQLInputType)
    if (isListType(type))
      return { type: 'array', items: this.input(type.ofType as GraphQLInputType) }
    const named = getNamedType(type)
    if (isInputObjectType(named)) return this.inputObject(named)
    return isLeafType(named) ? this.leaf(named) : {}
  }

  private inputObject(type: GraphQLInputObjectType): JsonSchema {
    if (!this.known[type.name]) {
      const schema: JsonSchema = (this.known[type.name] = {})
      const fields = Object.values(type.getFields())
      if (type.description) schema['description'] = type.description
      Object.assign(schema, type.isOneOf ? this.exactlyOne(fields) : this.fields(fields))
    }
    return ref(type.name)
  }

  private exactlyOne(fields: readonly GraphQLInputField[]): JsonSchema {
    const oneOf = fields.map((field) => ({
      ...{ type: 'object', title: field.name, required: [field.name] },
      properties: { [field.name]: described(this.inputOf(field.type), field.description) },
      additionalProperties: false,
    }))
    return { oneOf }
  }

  /** An object with these fields. `isPartial`: whatever is absent stays as it is. */
  fields(fields: readonly GraphQLInputField[]): JsonSchema {
    const properties = fields.map((field) => [
      field.name,
      described(this.input(field.type), field.description),
    ])
    const required = fields.filter(isRequiredInputField).map(({ name }) => name)
    return {
      ...{ type: 'object', properties: Object.fromEntries(properties) as JsonSchema },
      ...(required.length ? { required } : {}),
      additionalProperties: false,
    }
  }

  private leaf(type: GraphQLLeafType): JsonSchema {
    if (!isEnumType(type)) return { ...SCALARS[type.name] }
    this.known[type.name] ??= enumSchema(type)
    return ref(type.name)
  }
}

function enumSchema(type: GraphQLEnumType): JsonSchema {
  const values = type.getValues()
  const lines = values.map(({ name, description }) => `- \`${name}\`: ${description ?? ''}`)
  const description = [type.description ?? '', '', ...lines].join('\n').trim()
  return { type: 'string', enum: values.map(({ name }) => name), description }
}
