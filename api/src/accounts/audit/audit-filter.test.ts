import { describe, expect, it } from 'vitest'
import { newId } from '../../lib/ids.ts'
import { auditCondition } from './audit-filter.ts'

const workspaceId = newId()

describe('a filter of the audit log', () => {
  it('always names the workspace', () =>
    expect(auditCondition(workspaceId, {})).toEqual({
      sql: 'workspace_id = $1',
      values: [workspaceId],
    }))

  it('takes an action that ends with a point for all that begin so, and signs of patterns as they are', () => {
    const { values } = auditCondition(workspaceId, {
      actions: ['monitor.', 'member.role', '%', 'a_b'],
    })
    expect(values[1]).toEqual(['monitor.%', 'member.role', '\\%', 'a\\_b'])
  })

  it('never puts a text of the client into the SQL (Cachet CVE-2021-39165)', () => {
    const evil = `'; drop table audit_entry; --`
    const { sql } = auditCondition(workspaceId, {
      ...{ search: evil, actions: [evil], targetId: evil, actorIds: [evil] },
    })
    expect(sql).not.toContain('drop')
  })

  it.each([
    ['NUL', { search: 'a\0b' }],
    ['a very long text', { search: 'x'.repeat(201) }],
    ['very many values', { actions: Array.from({ length: 101 }, () => 'x') }],
  ])('refuses %s', (_what, selection) => {
    expect(() => auditCondition(workspaceId, selection)).toThrow(/filter/)
  })
})
