import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { ACTOR_KINDS, ACTOR_WORDS, type ActorKind } from './actors.ts'

/** What happened, for each kind of actor. */
export type Cells = Readonly<Record<ActorKind, string>>

export interface TableLine {
  /** The field. */
  place: string
  /** Whose the ids among its arguments are; `-`: it takes none. */
  ids: string
  cells: Cells
}

const FOLDER = path.resolve(import.meta.dirname, '../../../docs/contract')
const PLACE = 34
const WIDTH = 16

/** Set it to write the tables anew; then read what `git diff` shows of them. */
const mustWrite = Boolean(process.env['WRITE_AUTHORISATION'])

/** A checked-in table of who gets what. */
export class AuthorisationTable {
  private readonly file: string

  constructor(
    name: string,
    private readonly title: readonly string[],
  ) {
    this.file = path.join(FOLDER, name)
  }

  print(lines: readonly TableLine[]): string {
    const actors = ACTOR_KINDS.map((kind) => `#   ${kind.padEnd(12)} ${ACTOR_WORDS[kind]}`)
    const head = ['# field', 'ids', ...ACTOR_KINDS]
    const text = [
      ...[...this.title.map((line) => `# ${line}`), '#', ...actors, '#'],
      row(head),
      ...lines.map(({ place, ids, cells }) =>
        row([place, ids, ...ACTOR_KINDS.map((kind) => cells[kind])]),
      ),
    ]
    return `${text.join('\n')}\n`
  }

  /** The cells that are not what the table says, in words. Writes the table first when that is wished. */
  differences(lines: readonly TableLine[]): string[] {
    if (mustWrite) {
      refuseFaults(lines)
      mkdirSync(FOLDER, { recursive: true })
      writeFileSync(this.file, this.print(lines))
    }
    return differences(this.read(), lines)
  }

  read(): TableLine[] {
    const lines = readFileSync(this.file, 'utf8').split('\n')
    return lines.filter((line) => line && !line.startsWith('#')).map(readLine)
  }
}

const row = ([place = '', ids = '', ...cells]: readonly string[]): string =>
  [place.padEnd(PLACE), ids.padEnd(16), ...cells.map((cell) => cell.padEnd(WIDTH))]
    .join(' ')
    .trimEnd()

function readLine(line: string): TableLine {
  const [place = '', ids = '', ...cells] = line.split(/\s+/)
  const named = ACTOR_KINDS.map((kind, index) => [kind, cells[index] ?? ''])
  return { place, ids, cells: Object.fromEntries(named) as Record<ActorKind, string> }
}

/** What is wrong must not become what is expected. */
function refuseFaults(lines: readonly TableLine[]): void {
  const isFault = (cell: string): boolean => /INTERNAL|^error|^closed|^LIMIT/.test(cell)
  const faults = lines.filter(({ cells }) => Object.values(cells).some(isFault))
  if (faults.length) throw new Error(`Not written, faults in: ${faults.map(keyOf).join(', ')}`)
}

const keyOf = ({ place, ids }: TableLine): string => (ids === '-' ? place : `${place} (${ids})`)

/** Cell by cell: what was expected and what happened. */
export function differences(
  expected: readonly TableLine[],
  happened: readonly TableLine[],
): string[] {
  const wanted = new Map(expected.map((line) => [keyOf(line), line]))
  const found = happened.flatMap((line) => {
    const line0 = wanted.get(keyOf(line))
    wanted.delete(keyOf(line))
    if (!line0) return [`${keyOf(line)} is not in the table`]
    return ACTOR_KINDS.filter((kind) => line0.cells[kind] !== line.cells[kind]).map(
      (kind) =>
        `${keyOf(line)} by ${kind}: ${line.cells[kind]}, where the table says ${line0.cells[kind]}`,
    )
  })
  return [...found, ...[...wanted.keys()].map((key) => `${key} is in the table only`)]
}
