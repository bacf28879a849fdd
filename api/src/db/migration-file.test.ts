import { describe, expect, it } from 'vitest'
import { migrationNames, migrationSource, withMigration } from './migration-file.ts'

describe('a new migration', () => {
  it('is named in words', () => {
    expect(migrationNames('Add tags', 7)).toEqual({ file: '7-add-tags.ts', className: 'AddTags7' })
  })

  it.each(['', '42', '--'])('can not be named %j', (name) => {
    expect(() => migrationNames(name, 7)).toThrow('npm run migrate:new')
  })

  it('holds the statements, whatever is quoted in them', () => {
    const source = migrationSource('AddTags7', { up: ["select `a` || $1 || '\\'"], down: ['x'] })
    expect(source).toContain("query(`select \\`a\\` || \\$1 || '\\\\'`)")
    expect(source).toContain('query(`x`)')
  })

  it('joins the end of the list', () => {
    const list = `import { First1 } from './1-first.ts'\n\n/** All. */\nexport const migrations = [First1]\n`
    expect(withMigration(list, '7-add-tags.ts', 'AddTags7')).toBe(
      `import { First1 } from './1-first.ts'\nimport { AddTags7 } from './7-add-tags.ts'\n\n/** All. */\nexport const migrations = [First1, AddTags7]\n`,
    )
  })
})
