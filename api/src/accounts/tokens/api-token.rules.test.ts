import { describe, expect, it } from 'vitest'
import { draftToken } from './api-token.rules.ts'

const NOW = Date.UTC(2026, 0, 1)
const fields = (
  given: Partial<Parameters<typeof draftToken>[0]>,
  maker: 'admin' | 'owner' = 'owner',
) => {
  const draft = draftToken({ name: 'Deploy', ...given }, maker, NOW)
  return Array.isArray(draft) ? draft.map(({ path }) => path.join('.')) : draft
}

describe('a new token', () => {
  it('is a viewer where nothing else is said', () =>
    expect(fields({})).toEqual({ name: 'Deploy', role: 'viewer', scopes: null, expiresAt: null }))

  it('has the least role that its scopes need', () => {
    expect(fields({ scopes: ['monitors:read'] })).toMatchObject({ role: 'viewer' })
    expect(fields({ scopes: ['monitors:read', 'monitors:write'] })).toMatchObject({
      role: 'editor',
    })
    expect(fields({ scopes: ['audit:read', 'monitors:read'] })).toMatchObject({ role: 'admin' })
  })

  it.each([
    ['no name', { name: ' ' }, ['name']],
    ['an unknown scope', { scopes: ['monitors:read', 'all'] }, ['scopes.1']],
    ['a name of every object as scope', { scopes: ['constructor'] }, ['scopes.0']],
    ['no scope at all', { scopes: [] }, ['scopes']],
    [
      'a role too small for its scopes',
      { role: 'viewer', scopes: ['monitors:write'] },
      ['scopes.0'],
    ],
    ['a role above the maker’s', { role: 'owner' }, ['role']],
    ['an end that is past', { expiresAt: new Date(NOW) }, ['expiresAt']],
  ] as const)('is refused with %s', (_what, given, wrong) => {
    expect(fields(given as never, 'admin')).toEqual(wrong)
  })

  it('names each scope once', () =>
    expect(fields({ scopes: ['monitors:read', 'monitors:read'] })).toMatchObject({
      scopes: ['monitors:read'],
    }))
})
