import { readFileSync } from 'node:fs'
import path from 'node:path'
import {
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
  validate,
} from 'graphql'
import { Directive, Query, Resolver } from 'type-graphql'
import { describe, expect, it } from 'vitest'
import { resolvers } from '../entities.ts'
import { AppError } from '../lib/app-error.ts'
import { buildContract } from './contract.ts'
import { validateOperation } from './limits/validate-operation.ts'
import { printContract } from './print-contract.ts'

const root = path.resolve(import.meta.dirname, '../../..')
const schema = buildContract(resolvers)

interface Described {
  name: string
  description?: string | null | undefined
}

/** Everything that has a name of ours: types, fields, arguments, values, directives. */
function everything(of: GraphQLSchema): Described[] {
  const types = Object.values(of.getTypeMap()).filter(({ name }) => !name.startsWith('__'))
  const inside = types.flatMap((type) => {
    const at = (part: Described): Described => ({ ...part, name: `${type.name}.${part.name}` })
    if (isEnumType(type)) return type.getValues().map(at)
    if (isInputObjectType(type)) return Object.values(type.getFields()).map(at)
    if (!isObjectType(type) && !isInterfaceType(type)) return []
    return Object.values(type.getFields()).flatMap((field) => [
      at(field),
      ...field.args.map((arg) => at({ ...arg, name: `${field.name}(${arg.name})` })),
    ])
  })
  return [...types, ...inside, ...of.getDirectives()]
}

describe('the contract', () => {
  it('is schema.graphql, to the letter', () => {
    expect(printContract(schema)).toBe(readFileSync(path.join(root, 'schema.graphql'), 'utf8'))
  })

  it('describes every type, field, argument and value', () => {
    expect(everything(schema).filter(({ description }) => !description?.trim())).toEqual([])
  })

  it('gives an example for every mutation, which is valid', () => {
    for (const { name, description } of Object.values(schema.getMutationType()!.getFields())) {
      const example = /```graphql\n([\s\S]*?)```/.exec(description ?? '')?.[1]
      expect(example, name).toContain(`${name}(`)
      expect(validate(schema, parse(example!)), name).toEqual([])
      expect(validateOperation(schema, parse(example!), {}, undefined), name).toEqual([])
    }
  })

  it('shows no secret: what is written as a password is read as whether there is one', () => {
    const http = schema.getType('HttpSettings')
    const names = isObjectType(http) ? Object.keys(http.getFields()) : []
    expect(names).toContain('hasPassword')
    for (const secret of [
      'password',
      'bearerToken',
      'clientKey',
      'oauthClientSecret',
      'secretHeaders',
    ])
      expect(names).not.toContain(secret)
  })
})

@Resolver()
class Undecided {
  @Query(() => String, { description: 'Says nothing of who may use it.' })
  open(): string {
    return 'x'
  }
}

@Resolver()
class ForAdmins {
  @Directive('@auth(role: ADMIN)')
  @Query(() => String, { description: 'For administrators.' })
  secret(): string {
    return 'x'
  }
}

@Resolver()
class ForTokens {
  @Directive('@auth(scope: "monitors:read")')
  @Query(() => String, { description: 'For tokens.' })
  tokens(): string {
    return 'x'
  }
}

describe('who may use a field', () => {
  it('is said for each root field, or nothing is built', () =>
    expect(() => buildContract([Undecided])).toThrow('neither @public nor @auth: Query.open'))

  it('is enforced where @auth names a role', () => {
    const field = buildContract([ForAdmins]).getQueryType()!.getFields()['secret']!
    const ask = (role: string): unknown =>
      field.resolve!({}, {}, { actor: { kind: 'system', workspaceId: 'w', role } }, {} as never)
    expect(() => ask('editor')).toThrow(AppError)
    expect(() => ask('admin')).not.toThrow(AppError)
  })

  it('is not promised where it can’t be enforced', () =>
    expect(() => buildContract([ForTokens])).toThrow('no tokens with scopes yet'))
})
