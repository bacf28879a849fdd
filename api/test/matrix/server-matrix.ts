import type { GraphQLSchema } from 'graphql'
import { encodeCursor } from '../../src/events/index.ts'
import { newId } from '../../src/lib/ids.ts'
import { newPublicId } from '../../src/status-pages/page-ids.ts'
import { newSecret } from '../../src/accounts/authentication/secrets.ts'
import { ACTOR_KINDS, type ActorKind } from './actors.ts'
import { ABROAD_KINDS, BEARER_KINDS, type ObjectKind } from './argument-ids.ts'
import { type Answer, ask as askOverHttp, comparable, outcomeOf } from './asking.ts'
import type { Cells, TableLine } from './authorisation-table.ts'
import type { CanaryWorld, Place } from './canary-world.ts'
import { type ContractRow, contractRows, type IdCase, idCases } from './contract-rows.ts'
import { type Operation, operationOf } from './operations.ts'
import { type Asker, newAsker } from './world-actors.ts'

export interface MatrixResult {
  lines: TableLine[]
  /** Answers in which a canary of the other workspace sang. */
  leaks: string[]
  /** Where an unknown id and one of the other workspace are answered differently. */
  tells: string[]
  /** Cells that the server answered with a fault of its own. */
  faults: string[]
  /** Fields in whose answers the asker's own canary sang: it can be heard. */
  heard: Set<string>
  cells: number
}

/** Where it is asked, and how. */
interface Door {
  world: CanaryWorld
  /** Those who only read can be asked again. */
  readers: Map<ActorKind, Promise<Asker>>
  ask: (headers: Record<string, string>, operation: Operation) => Promise<Answer>
}

const AT_ONCE = 8

/** Asks every query and mutation of the contract as everybody, for what is theirs, others' and nobody's. */
export function runMatrix(world: CanaryWorld, schema: GraphQLSchema): Promise<MatrixResult> {
  return runRows(schema, ({ root }) => root !== 'Subscription', {
    ...{ world, readers: new Map() },
    ask: (headers, operation) => askOverHttp(world, headers, operation),
  })
}

export async function runRows(
  schema: GraphQLSchema,
  isWanted: (row: ContractRow) => boolean,
  door: Door,
): Promise<MatrixResult> {
  const found = { leaks: [], tells: [], faults: [], heard: new Set<string>(), cells: 0 }
  const result: MatrixResult = { lines: [], ...found }
  const rows = contractRows(schema).filter(isWanted)
  const lines = new Array<TableLine[]>(rows.length)
  const queue = [...rows.entries()]
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift())
      lines[next[0]] = await linesOf(door, schema, next[1], result)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  result.lines = lines.flat()
  return result
}

async function linesOf(
  door: Door,
  schema: GraphQLSchema,
  row: ContractRow,
  result: MatrixResult,
): Promise<TableLine[]> {
  const cases = idCases(row)
  const cells = cases.map((): Partial<Record<ActorKind, string>> => ({}))
  for (const kind of ACTOR_KINDS) {
    const plain = new Map<string, string>()
    for (const [index, idCase] of cases.entries()) {
      const ran = await runCell(door, schema, { row, kind, idCase }, result)
      cells[index]![kind] = ran.outcome
      plain.set(`${idCase.swapped} ${idCase.by}`, ran.plain)
    }
    for (const swapped of row.ids.filter((id) => !BEARER_KINDS.includes(id))) {
      if (isAbroad(kind, swapped)) continue
      const [other, unknown] = [plain.get(`${swapped} other`), plain.get(`${swapped} unknown`)]
      if (other !== unknown) result.tells.push(`${row.place} by ${kind}:\n  ${other}\n  ${unknown}`)
    }
  }
  return cases.map(({ label }, index) => ({
    place: row.place,
    ids: label,
    cells: cells[index] as Cells,
  }))
}

const isAbroad = (kind: ActorKind, swapped: ObjectKind | undefined): boolean =>
  kind === 'both' && swapped !== undefined && ABROAD_KINDS.includes(swapped)

const isBearer = (row: ContractRow): boolean => row.ids.some((id) => BEARER_KINDS.includes(id))

async function runCell(
  door: Door,
  schema: GraphQLSchema,
  cell: { row: ContractRow; kind: ActorKind; idCase: IdCase },
  result: MatrixResult,
): Promise<{ outcome: string; plain: string }> {
  const { row, kind, idCase } = cell
  const { world, ask } = door
  const asker = await (row.root === 'Mutation' ? newAsker(world, kind) : readerOf(door, kind))
  const ids = await idsFor(world, asker, row.ids, idCase)
  const operation = operationOf(schema, row, (id) => ids.get(id)!)
  const answer = await ask(asker.headers, personal(operation))
  const outcome = outcomeOf(answer)
  const name = `${row.place} (${idCase.label}) by ${kind}`
  result.cells++
  const isPermitted = isBearer(row) || isAbroad(kind, idCase.swapped)
  if (!isPermitted && sings(asker, answer.text)) result.leaks.push(`${name}: ${answer.text}`)
  if (hears(answer.text, asker.home)) result.heard.add(row.place)
  if ((answer.status >= 500 && answer.status < 600) || outcome === 'INTERNAL_SERVER_ERROR')
    result.faults.push(`${name}: ${answer.text}`)
  return { outcome, plain: comparable(answer, [...ids.values()], asker.home.id) }
}

function readerOf({ world, readers }: Door, kind: ActorKind): Promise<Asker> {
  const known = readers.get(kind) ?? newAsker(world, kind)
  readers.set(kind, known)
  return known
}

/** Whether somebody hears of the other workspace. Who is a member of both may know its name. */
export function sings({ kind, away }: Asker, text: string): boolean {
  const heard = kind === 'both' ? text.replaceAll(away.name, '') : text
  return hears(heard, away)
}

const hears = (text: string, { canary }: Place): boolean =>
  text.toLowerCase().includes(canary.toLowerCase())

/** Objects of the asker, of others, or ids of nothing. */
export async function idsFor(
  world: CanaryWorld,
  { home, away, userId }: Asker,
  kinds: readonly ObjectKind[],
  idCase: IdCase,
): Promise<Map<ObjectKind, string>> {
  const ids = new Map<ObjectKind, string>()
  for (const kind of kinds) {
    const by = idCase.swapped === kind ? idCase.by : 'own'
    if (by === 'unknown') ids.set(kind, unknownOf(kind))
    else if (by === 'other') ids.set(kind, await world.object(kind, away, away.ownerId))
    else ids.set(kind, await world.object(kind, home, userId))
  }
  return ids
}

function unknownOf(kind: ObjectKind): string {
  if (kind === 'cursor of events') return encodeCursor(newId(), { epoch: 1, position: 1 })
  if (kind === 'component') return newPublicId()
  if (kind === 'slug of a private page') return `page-${newPublicId()}`
  return kind === 'secret of an invitation' ? newSecret() : newId()
}

/** Fills in what no two may have in common. */
export function personal({ query, variables }: Operation): Operation {
  const text = JSON.stringify(variables)
    .replaceAll('"EMAIL"', `"guest-${newId()}@example.com"`)
    .replaceAll('"WORKSPACE"', `"Renamed"`)
    .replaceAll('"UUID"', `"${newId()}"`)
    .replaceAll('"SLUG"', `"page-${newPublicId()}"`)
  return { query, variables: JSON.parse(text) as Record<string, unknown> }
}
