/** One change of the schema and what takes it back, as TypeORM's schema builder found them. */
export interface SchemaChange {
  up: readonly string[]
  down: readonly string[]
}

const REMINDER = `    // A table of a workspace needs row-level security, forced, its policies and its grants: see the first migration.
    // The owner is held by row-level security too: to change rows, alter the table to "no force" and back around it.
`

const statement = (sql: string): string =>
  `    await queryRunner.query(\`${sql.replace(/[\\`$]/g, '\\$&')}\`)\n`

/** The class name and file name of a migration that is called so in words. Throws for a name without a letter. */
export function migrationNames(words: string, now: number): { file: string; className: string } {
  const parts = words.toLowerCase().match(/[a-z0-9]+/g) ?? []
  if (!/^[a-z]/.test(parts[0] ?? ''))
    throw new Error('Name the migration: npm run migrate:new add-tags')
  const className = parts.map((part) => part[0]!.toUpperCase() + part.slice(1)).join('')
  return { file: `${now}-${parts.join('-')}.ts`, className: `${className}${now}` }
}

/** The source of a migration. */
export function migrationSource(className: string, { up, down }: SchemaChange): string {
  return `import type { MigrationInterface, QueryRunner } from 'typeorm'

export class ${className} implements MigrationInterface {
  name = '${className}'

  async up(queryRunner: QueryRunner): Promise<void> {
${REMINDER}${up.map(statement).join('')}  }

  async down(queryRunner: QueryRunner): Promise<void> {
${down.map(statement).join('')}  }
}
`
}

/** The list of migrations with one more at its end. */
export function withMigration(list: string, file: string, className: string): string {
  const line = `import { ${className} } from './${file}'\n`
  const lastImport = list.lastIndexOf('import ')
  const afterImports = list.indexOf('\n', lastImport) + 1
  return (list.slice(0, afterImports) + line + list.slice(afterImports)).replace(
    /\[([^\]]*?),?\s*\]/,
    (_, names: string) => `[${names.trim()}, ${className}]`,
  )
}
