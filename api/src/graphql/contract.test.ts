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
import { type Actor, anonymous } from '../lib/actor.ts'
import { AppError } from '../lib/app-error.ts'
import { buildContract, type ResolverClass } from './contract.ts'
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
      expect(example, name).toMatch(new RegExp(`\\b${name}\\b`))
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

@Resolver()
class Scoped {
  @Directive('@auth(role: VIEWER, scope: "monitors:read")')
  @Query(() => String, { description: 'For members, and tokens with this scope.' })
  monitors(): string {
    return 'x'
  }

  @Directive('@auth(role: VIEWER)')
  @Query(() => String, { description: 'For members, and tokens without limits.' })
  everything(): string {
    return 'x'
  }

  @Directive('@auth')
  @Query(() => String, { description: 'For people.' })
  sessions(): string {
    return 'x'
  }
}

/** The code with which an actor is refused; undefined: it is answered. */
function refusal(
  resolver: ResolverClass,
  field: string,
  actor: Partial<Actor>,
): string | undefined {
  const query = buildContract([resolver]).getQueryType()!.getFields()[field]!
  const whole = { kind: 'user', workspaceId: 'w', role: 'owner', ...actor }
  try {
    void query.resolve!({}, {}, { actor: whole }, {} as never)
    return undefined
  } catch (error) {
    return error instanceof AppError ? error.code : String(error)
  }
}

describe('who may use a field', () => {
  it('is said for each root field, or nothing is built', () =>
    expect(() => buildContract([Undecided])).toThrow('neither @public nor @auth: Query.open'))

  it('is enforced where @auth names a role', () => {
    expect(refusal(ForAdmins, 'secret', { role: 'editor' })).toBe('FORBIDDEN')
    expect(refusal(ForAdmins, 'secret', { role: 'admin' })).toBeUndefined()
    expect(refusal(ForAdmins, 'secret', anonymous())).toBe('UNAUTHENTICATED')
    expect(refusal(ForAdmins, 'secret', { role: null })).toBe('NOT_FOUND')
  })

  it('is not promised where it can’t be enforced', () =>
    expect(() => buildContract([ForTokens])).toThrow('a scope needs a role'))

  it('is for tokens with limits what their scopes name, and nothing else', () => {
    const limited = { kind: 'token', id: 't', scopes: ['monitors:read'] } as const
    expect(refusal(Scoped, 'monitors', limited)).toBeUndefined()
    expect(refusal(Scoped, 'monitors', { ...limited, scopes: ['audit:read'] })).toBe('FORBIDDEN')
    expect(refusal(Scoped, 'everything', limited)).toBe('FORBIDDEN')
    expect(refusal(Scoped, 'everything', { ...limited, scopes: null })).toBeUndefined()
  })

  it('is for people alone where @auth names nothing', () => {
    const person = { id: 'u', credentialId: 's' }
    expect(refusal(Scoped, 'sessions', { ...person, role: null })).toBeUndefined()
    expect(refusal(Scoped, 'sessions', { ...person, kind: 'token' })).toBe('FORBIDDEN')
    expect(refusal(Scoped, 'sessions', anonymous())).toBe('UNAUTHENTICATED')
  })
})
