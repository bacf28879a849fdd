import 'reflect-metadata'
import {
  type GraphQLOutputType,
  type GraphQLSchema,
  execute,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
} from 'graphql'
import { enforceAuth } from '../../src/graphql/root-fields.ts'
import { readContract } from '../../src/graphql/print-contract.ts'
import { AppError } from '../../src/lib/app-error.ts'
import { newId } from '../../src/lib/ids.ts'
import { ACTOR_KINDS, type ActorKind, standInActors } from './actors.ts'
import type { Cells, TableLine } from './authorisation-table.ts'
import { type ContractRow, contractRows } from './contract-rows.ts'
import { operationOf } from './operations.ts'

/** What every text of the stand-in answers. */
export const CANARY = 'the canary sings'

/** A contract whose every resolver sings: nothing but the rules stands between an actor and the canary. */
export function standInContract(text: string): GraphQLSchema {
  const schema = readContract(text)
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    for (const field of Object.values(type.getFields()))
      field.resolve = () => song(schema, field.type)
  }
  enforceAuth(schema)
  return schema
}

const SONGS: Readonly<Record<string, unknown>> = { Int: 1, Float: 1, Boolean: true }

function song(schema: GraphQLSchema, type: GraphQLOutputType): unknown {
  if (isNonNullType(type)) return song(schema, type.ofType)
  if (isListType(type)) return [song(schema, type.ofType)]
  if (isEnumType(type)) return type.getValues()[0]!.value
  if (isAbstractType(type)) return { __typename: schema.getPossibleTypes(type)[0]!.name }
  return isObjectType(type) ? {} : (SONGS[type.name] ?? CANARY)
}

/** What the rules let through: a line for each field that has one. */
export async function ruleLines(
  schema: GraphQLSchema,
  isWanted: (row: ContractRow) => boolean = () => true,
): Promise<TableLine[]> {
  const lines: TableLine[] = []
  for (const row of contractRows(schema).filter(isWanted))
    lines.push({ place: row.place, ids: '-', cells: await cellsOf(schema, row) })
  return lines
}

async function cellsOf(schema: GraphQLSchema, row: ContractRow): Promise<Cells> {
  const actors = standInActors()
  const { query, variables } = operationOf(schema, row, () => newId(), { asks: 'little' })
  const document = parse(query)
  const cells: Partial<Record<ActorKind, string>> = {}
  for (const kind of ACTOR_KINDS) {
    const actor = actors[kind]
    const asked =
      actor &&
      (await execute({ schema, document, variableValues: variables, contextValue: { actor } }))
    cells[kind] = asked
      ? outcome(asked.errors?.[0]?.originalError, asked.errors)
      : 'UNAUTHENTICATED'
  }
  return cells as Cells
}

function outcome(cause: unknown, errors: unknown): string {
  if (cause instanceof AppError) return cause.code
  if (errors) throw new Error(`The stand-in failed: ${JSON.stringify(errors)}`)
  return 'ok'
}
