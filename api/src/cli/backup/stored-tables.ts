import type { SqlRunner } from '../../events/index.ts'

export interface StoredTable {
  name: string
  columns: string[]
  /** Tables that its rows point to. */
  needs: string[]
}

/**
 * Every table with its own columns. Left out: `worker`, which says which processes run, and leftovers of retention.
 */
const TABLES = `
select c.relname as name,
       array(select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum > 0
               and not a.attisdropped and a.attgenerated = '' order by a.attnum) as columns,
       array(select distinct r.relname::text from pg_constraint k join pg_class r on r.oid = k.confrelid
              where k.conrelid = c.oid and k.contype = 'f' and k.confrelid <> c.oid) as needs
  from pg_class c
 where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
   and not c.relispartition and c.relname not in ('migrations', 'worker') and c.relname !~ '_p[0-9]{8}$'
 order by c.relname`

/** The tables of this database, those first to which others point. */
export async function storedTables(runner: SqlRunner): Promise<StoredTable[]> {
  return inOrder((await runner.query(TABLES)) as StoredTable[])
}

export function inOrder(tables: readonly StoredTable[]): StoredTable[] {
  const waiting = [...tables]
  const done: StoredTable[] = []
  while (waiting.length) {
    const known = new Set(done.map(({ name }) => name))
    const next = waiting.findIndex(({ needs }) => needs.every((name) => known.has(name)))
    if (next < 0)
      throw new Error(`Tables point at each other: ${waiting.map((t) => t.name).join()}`)
    done.push(...waiting.splice(next, 1))
  }
  return done
}

export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`
export const columnList = ({ columns }: Pick<StoredTable, 'columns'>): string =>
  columns.map(quoted).join(', ')
