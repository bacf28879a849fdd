import {
  getNamedType,
  getNullableType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isInputObjectType,
  isListType,
  isObjectType,
} from 'graphql'
import { type ActorField, type AuthRule, ruleOf } from '../graphql/index.ts'
import type { RestOperation } from './operation.ts'
import { selectionOf, type Shape, shapeOf } from './shape.ts'

export interface CompiledParameter {
  name: string
  /** Where it goes among the variables. */
  path: readonly string[]
  type: GraphQLInputType
  description: string
  default: unknown
}

/** An operation with everything that the contract says of it. */
export interface CompiledOperation {
  operation: RestOperation
  field: ActorField
  /** Absent: anybody may. */
  rule: AuthRule | undefined
  /** The document that is executed. */
  document: string
  shape: Shape
  isList: boolean
  parameters: readonly CompiledParameter[]
  /** The input whose fields the body has; absent: there is no body. */
  body: GraphQLInputObjectType | undefined
  bodyFields: readonly string[]
  /** The input of the field itself. */
  input: GraphQLInputObjectType | undefined
}

export function compileOperation(
  schema: GraphQLSchema,
  operation: RestOperation,
): CompiledOperation {
  const [root = '', name = ''] = operation.field.split('.')
  const rootType = schema.getType(root)
  const field = isObjectType(rootType) ? (rootType.getFields()[name] as ActorField) : undefined
  if (!field) throw new Error(`The contract has no ${operation.field}`)
  const { selection, type } = selected(operation, field)
  const shape = shapeOf(type)
  const input = inputOf(field)
  const { body, bodyFields } = bodyOf(schema, operation, input)
  return {
    ...{ operation, field, rule: ruleOf(field, operation.field), shape, input },
    document: documentOf(root, field, operation, selection(selectionOf(shape))),
    isList: !operation.findById && listsOf(operation, field.type),
    parameters: parametersOf(operation, field),
    ...{ body, bodyFields },
  }
}

function bodyOf(
  schema: GraphQLSchema,
  { bodyLike, notInBody = [] }: RestOperation,
  input: GraphQLInputObjectType | undefined,
): Pick<CompiledOperation, 'body' | 'bodyFields'> {
  const like = bodyLike ? schema.getType(bodyLike) : input
  const body = isInputObjectType(like) ? like : undefined
  const bodyFields = Object.keys(body?.getFields() ?? {}).filter((one) => !notInBody.includes(one))
  return { body: bodyFields.length ? body : undefined, bodyFields }
}

function inputOf(field: ActorField): GraphQLInputObjectType | undefined {
  const type = field.args.find(({ name }) => name === 'input')?.type
  const named = type && getNamedType(type)
  return isInputObjectType(named) ? named : undefined
}

const steps = ({ nested, answer }: RestOperation): string[] =>
  [nested, ...(answer?.split('.') ?? [])].filter(
    (step) => step !== undefined && step !== '0',
  ) as string[]

interface Selected {
  type: GraphQLOutputType
  selection: (inner: string) => string
}

/** What is selected on the way to the answer, complaints included. */
function selected(operation: RestOperation, field: ActorField): Selected {
  if (operation.method === 'DELETE') return complaintsOnly(field)
  const wraps: ((inner: string) => string)[] = []
  let { type } = field as { type: GraphQLOutputType }
  for (const step of steps(operation)) {
    const object = getNamedType(type)
    const next = isObjectType(object) ? object.getFields()[step] : undefined
    if (!next || !isObjectType(object)) throw new Error(`${operation.operationId}: no ${step}`)
    const beside = besides(Object.keys(object.getFields()))
    const given = step === operation.nested ? argumentsOf(next as ActorField) : ''
    wraps.push((inner) => `{ ${step}${given} ${inner} ${beside} }`)
    type = next.type
  }
  const end = getNamedType(type)
  const complains = isObjectType(end) && 'userErrors' in end.getFields()
  const selection = (inner: string): string =>
    wraps.reduceRight(
      (text, wrap) => wrap(text),
      complains ? inner.replace('{', `{ ${COMPLAINTS} `) : inner,
    )
  return { type, selection }
}

const COMPLAINTS = 'userErrors { path code message }'
const PAGE = 'pageInfo { endCursor hasNextPage }'

const besides = (names: readonly string[]): string =>
  [names.includes('userErrors') && COMPLAINTS, names.includes('pageInfo') && PAGE]
    .filter(Boolean)
    .join(' ')

function complaintsOnly(field: ActorField): Selected {
  const payload = getNamedType(field.type)
  const hasResults = isObjectType(payload) && 'results' in payload.getFields()
  const results = hasResults ? `results { ${COMPLAINTS} }` : ''
  return { type: field.type, selection: () => `{ ${COMPLAINTS} ${results} }` }
}

function argumentsOf({ args }: ActorField): string {
  return args.length ? `(${args.map(({ name }) => `${name}: $${name}`).join(', ')})` : ''
}

/** Every argument is a variable; what is not given has the contract's default. */
function documentOf(
  root: string,
  field: ActorField,
  operation: RestOperation,
  selection: string,
): string {
  const heads = argsOf(operation, field).map(({ name, type, defaultValue, astNode }) => {
    const fallback = astNode?.defaultValue as { value?: string } | undefined
    return `$${name}: ${String(type)}${defaultValue !== undefined && fallback?.value ? ` = ${fallback.value}` : ''}`
  })
  const head = heads.length ? `(${heads.join(', ')})` : ''
  return `${root.toLowerCase()} ${operation.operationId}${head} { ${field.name}${argumentsOf(field)} ${selection} }`
}

function argsOf(
  { nested }: RestOperation,
  field: ActorField,
): readonly ActorField['args'][number][] {
  const object = getNamedType(field.type)
  const inner = nested && isObjectType(object) ? object.getFields()[nested]?.args : undefined
  return [...field.args, ...(inner ?? [])]
}

function listsOf(operation: RestOperation, from: GraphQLOutputType): boolean {
  if (operation.answer?.includes('.0')) return false
  let type = from
  let isList = isListType(getNullableType(type))
  for (const step of steps(operation)) {
    const object = getNamedType(type)
    type = isObjectType(object) ? object.getFields()[step]!.type : type
    isList ||= isListType(getNullableType(type))
  }
  return isList
}

function parametersOf(operation: RestOperation, field: ActorField): CompiledParameter[] {
  return Object.entries(operation.query ?? {}).map(([name, given]) => {
    const path = given.variable.split('.')
    const found = place(operation, field, path)
    const description = given.description ?? found.description ?? ''
    return { name, path, type: found.type, description, default: found.defaultValue }
  })
}

interface Place {
  type: GraphQLInputType
  description?: string | null | undefined
  defaultValue?: unknown
}

function place(operation: RestOperation, field: ActorField, path: readonly string[]): Place {
  const [first, ...rest] = path
  let found: Place | undefined = argsOf(operation, field).find(({ name }) => name === first)
  for (const step of rest) {
    const object = found && getNamedType(found.type)
    found = isInputObjectType(object) ? object.getFields()[step] : undefined
  }
  if (!found) throw new Error(`${operation.operationId}: no variable ${path.join('.')}`)
  return found
}
