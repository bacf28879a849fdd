import type { QueryRunner } from 'typeorm'
import { AppError } from '../lib/app-error.ts'
import { migrations } from './migrations/index.ts'
import { SCHEMA } from './roles.ts'

const TABLES = `
select c.relname as name from pg_class c
 where c.relnamespace = to_regnamespace($1) and c.relkind in ('r', 'p') and not c.relispartition
   and c.relname <> 'migrations'`

const DONE = `select name from ${SCHEMA}.migrations order by id`

/** The migrations that a database has seen, in their order. */
export async function schemaVersion(runner: Pick<QueryRunner, 'query'>): Promise<string[]> {
  return ((await runner.query(DONE)) as { name: string }[]).map(({ name }) => name)
}

/** Throws CONFLICT for migrations of a newer version than this one, and for a list that no version has. */
export function refuseStrangeSchema(names: readonly string[]): void {
  const known = migrations.map(({ name }) => name)
  const strange = names.filter((name) => !known.includes(name))
  if (strange.length)
    throw new AppError(
      'CONFLICT',
      `This back-up was made by a newer version of Allswell (${strange.join(', ')}). Restore it with that version.`,
    )
  if (!names.length || names.some((name, n) => name !== known[n]))
    throw new AppError('INVALID', 'This back-up names its schema in a way that no version does.')
}

/** Drops every table, and makes them anew as they were after these migrations. Within the caller's transaction, as the owner. */
export async function beginSchemaAt(runner: QueryRunner, names: readonly string[]): Promise<void> {
  const tables = (await runner.query(TABLES, [SCHEMA])) as { name: string }[]
  const list = tables.map(({ name }) => runner.connection.driver.escape(name))
  if (list.length) await runner.query(`drop table ${list.join(', ')} cascade`)
  await runner.query('delete from migrations')
  for (const migration of migrations)
    if (names.includes(migration.name)) await take(runner, migration)
}

/** Takes the steps from there to this version. */
export async function finishSchema(runner: QueryRunner): Promise<void> {
  const done = await schemaVersion(runner)
  for (const migration of migrations)
    if (!done.includes(migration.name)) await take(runner, migration)
}

type MigrationClass = (typeof migrations)[number]

async function take(runner: QueryRunner, Migration: MigrationClass): Promise<void> {
  await new Migration().up(runner)
  // TypeORM reads the time of a migration from the end of its name.
  await runner.query('insert into migrations (timestamp, name) values ($1, $2)', [
    Number(Migration.name.slice(-13)),
    Migration.name,
  ])
}
