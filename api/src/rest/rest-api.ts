import type { ApolloServer } from '@apollo/server'
import { getNamedType, isInputObjectType, isListType, getNullableType } from 'graphql'
import { readContract, type RequestContext } from '../graphql/index.ts'
import { mergePatch, readBody } from './bodies.ts'
import { type CompiledOperation, compileOperation } from './compile-operation.ts'
import { changed, wantedVersion } from './etags.ts'
import { findComplaints, found, withoutComplaints } from './outcome.ts'
import { OPERATIONS } from './operations/operations.ts'
import { put, readParameters, type Variables } from './parameters.ts'
import { Problem, problemOf, refused } from './problems.ts'
import { told } from './shape.ts'

/** A request as REST needs it. */
export interface RestRequest {
  id: string | undefined
  search: URLSearchParams
  body: unknown
  idempotencyKey: string | undefined
  ifMatch: string | undefined
  /** A context of its own for each operation that the request needs. */
  openContext: () => Promise<RequestContext>
}

export interface RestAnswer {
  /** undefined: there is nothing to tell. */
  value: unknown
  /** Where the next page begins. */
  endCursor?: string | undefined
}

interface Ran {
  /** The field's own answer. */
  data: unknown
}

/** Executes operations of REST as documents of the contract: rights, rules and limits are those of GraphQL. */
export class RestApi {
  private compiled: readonly CompiledOperation[] | undefined

  constructor(
    private readonly apollo: Pick<ApolloServer<RequestContext>, 'executeOperation'>,
    private readonly contract: string,
  ) {}

  /** Compiled when first needed: a start needs none. */
  get operations(): readonly CompiledOperation[] {
    if (this.compiled) return this.compiled
    const schema = readContract(this.contract)
    return (this.compiled = OPERATIONS.map((one) => compileOperation(schema, one)))
  }

  /** Throws Problem for everything that is refused. */
  async answer(operationId: string, request: RestRequest): Promise<RestAnswer> {
    const compiled = this.find(operationId)
    const { operation } = compiled
    const variables: Variables = {}
    readParameters(compiled, request.search, variables)
    placeId(compiled, request.id, variables)
    if (compiled.input) await this.fillInput(compiled, request, variables)
    const { data } = await this.run(compiled, variables, request)
    const complaints = findComplaints(data)
    if (complaints.length) throw refused(complaints, request.ifMatch !== undefined)
    if (operation.method === 'DELETE') return { value: undefined }
    const inside = operation.nested ? (data as Variables | null)?.[operation.nested] : data
    return {
      value: this.toldOf(compiled, inside, request.id),
      endCursor: operation.isPaged ? endOf(data) : undefined,
    }
  }

  private find(operationId: string): CompiledOperation {
    const compiled = this.operations.find((one) => one.operation.operationId === operationId)
    if (!compiled) throw new Error(`There is no operation ${operationId}`)
    return compiled
  }

  private async fillInput(
    compiled: CompiledOperation,
    request: RestRequest,
    variables: Variables,
  ): Promise<void> {
    const { operation, input } = compiled
    const body = readBody(compiled, request.body)
    const version = await this.versionFor(compiled, request)
    if (operation.merges) await this.merge(operation.merges, body, version, request)
    const merged = { ...body, ...((variables['input'] as Variables | undefined) ?? {}) }
    if (version !== undefined && input?.getFields()['expectedVersion'])
      merged['expectedVersion'] = version
    if (operation.method === 'POST' && operation.location) takeKey(compiled, request, merged)
    variables['input'] = merged
  }

  /** Which version the client wants to change; undefined: whatever there is. */
  private async versionFor(
    { operation, input }: CompiledOperation,
    request: RestRequest,
  ): Promise<number | undefined> {
    if (request.ifMatch === undefined) return undefined
    const isEdit = input?.getFields()['expectedVersion'] !== undefined
    if (!isEdit && !operation.versionFrom)
      throw new Problem(400, 'If-Match is not understood here.')
    const wanted = wantedVersion(request.ifMatch)
    if (isEdit || wanted === undefined || !operation.versionFrom) return wanted
    const now = await this.read(operation.versionFrom, request)
    if (now['version'] !== wanted) throw changed('Somebody changed it meanwhile.')
    return wanted
  }

  /** What is patched inside of an object is merged with what it is now. */
  private async merge(
    { read, field }: { read: string; field: string },
    body: Record<string, unknown>,
    version: number | undefined,
    request: RestRequest,
  ): Promise<void> {
    const patch = body[field]
    if (!isPlainObject(patch)) return
    const now = await this.read(read, request)
    if (version !== undefined && now['version'] !== version)
      throw changed('Somebody changed it meanwhile.')
    const [kind] = Object.keys(patch)
    const before = (now[field] as Variables | null)?.[kind ?? '']
    // Another kind is refused by the service, in its words.
    if (kind === undefined || Object.keys(patch).length !== 1 || before === undefined) return
    const writable = this.writable(field, kind, before as Variables)
    body[field] = { [kind]: mergePatch(writable, patch[kind]) }
  }

  /** What is told of an object but can't be said of it, such as `hasPassword`, is left aside. */
  private writable(field: string, kind: string, value: Variables): Variables {
    const settings = getNamedType(this.find('updateMonitor').input!.getFields()[field]!.type)
    if (!isInputObjectType(settings)) return value
    const one = getNamedType(settings.getFields()[kind]!.type)
    const names = isInputObjectType(one) ? Object.keys(one.getFields()) : []
    return Object.fromEntries(Object.entries(value).filter(([name]) => names.includes(name)))
  }

  private async read(operationId: string, request: RestRequest): Promise<Variables> {
    const { id, openContext } = request
    const plain = { id, openContext, search: new URLSearchParams(), body: undefined }
    const answer = await this.answer(operationId, {
      ...{ ...plain, idempotencyKey: undefined, ifMatch: undefined },
    })
    return answer.value as Variables
  }

  private async run(
    { document, operation, field }: CompiledOperation,
    variables: Variables,
    { openContext }: RestRequest,
  ): Promise<Ran> {
    const contextValue = await openContext()
    try {
      const { body, http } = await this.apollo.executeOperation(
        { query: document, variables },
        { contextValue },
      )
      if (body.kind !== 'single') throw new Error('REST answers at once')
      const { data, errors } = body.singleResult
      const [error] = errors ?? []
      if (error) throw problemOf(error, http.headers.get('retry-after'), operation.method === 'GET')
      return { data: data?.[field.name] }
    } finally {
      await contextValue.close()
    }
  }

  private toldOf(compiled: CompiledOperation, data: unknown, id: string | undefined): unknown {
    const { operation, shape, isList } = compiled
    const value = told(shape, withoutComplaints(found(data, operation.answer, isList)))
    if (operation.findById) {
      const one = (value as { id: string }[]).find((item) => item.id === id?.toLowerCase())
      if (one) return one
      throw new Problem(404, 'There is no such object.')
    }
    if (value !== null) return value
    if (operation.operationId === 'getViewer')
      throw new Problem(401, 'Sign in first.', [], { 'www-authenticate': 'Bearer' })
    throw new Problem(404, 'There is no such object.')
  }
}

function placeId(
  { operation, input }: CompiledOperation,
  id: string | undefined,
  variables: Variables,
): void {
  const target = operation.pathVariables?.['id']
  if (target === undefined || id === undefined) return
  const path = target.split('.')
  const type = path[0] === 'input' ? input?.getFields()[path[1] ?? '']?.type : undefined
  put(variables, path, type && isListType(getNullableType(type)) ? [id] : id)
}

function takeKey(
  { input }: CompiledOperation,
  { idempotencyKey }: RestRequest,
  merged: Variables,
): void {
  if (idempotencyKey === undefined) return
  if (!input?.getFields()['idempotencyKey'])
    throw new Problem(400, 'Idempotency-Key is not understood here.')
  merged['idempotencyKey'] = idempotencyKey
}

function endOf(data: unknown): string | undefined {
  const { pageInfo } = data as { pageInfo: { endCursor: string | null; hasNextPage: boolean } }
  return pageInfo.hasNextPage ? (pageInfo.endCursor ?? undefined) : undefined
}

function isPlainObject(value: unknown): value is Variables {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
