import { describe, expect, it } from 'vitest'
import { zoneOptions } from '../../lib/time/index.ts'
import { matchingOptions } from '../../ui/search-options.ts'
import { actionWords } from './audit/action-words.ts'
import { auditFilter, exportPath, isFiltered, type AuditQuery } from './audit/audit-filter.ts'
import { diffLines } from './audit/diff-lines.ts'
import { givableRoles, memberRefusal } from './members/role-choices.ts'
import { invitationInput } from './members/use-invite.ts'
import { languageOptions } from './profile/languages.ts'
import { qrPath } from './security/qr-path.ts'
import { EXAMPLE_KINDS, exampleOf } from './tokens/examples.ts'
import { emptyTokenDraft, expiresAtOf, tokenInput } from './tokens/token-draft.ts'
import { isSlug } from './workspace/use-workspace-form.ts'

const NOW = Date.parse('2026-11-23T12:00:00Z')
const everything: AuditQuery = { actor: '', action: '', from: '', to: '', search: '' }

describe('the roles that are offered', () => {
  it('are those up to one’s own, and none below admin', () => {
    expect(givableRoles('OWNER')).toEqual(['VIEWER', 'EDITOR', 'ADMIN', 'OWNER'])
    expect(givableRoles('ADMIN')).toEqual(['VIEWER', 'EDITOR', 'ADMIN'])
    expect(givableRoles('EDITOR')).toEqual([])
    expect(givableRoles(null)).toEqual([])
  })

  it('are refused with the reason', () => {
    const owner = { id: 'a', role: 'OWNER', isSuspended: false } as const
    const second = { id: 'b', role: 'OWNER', isSuspended: false } as const
    expect(memberRefusal('EDITOR', owner, [owner])).toBe('notAdmin')
    expect(memberRefusal('ADMIN', owner, [owner, second])).toBe('above')
    expect(memberRefusal('OWNER', owner, [owner])).toBe('lastOwner')
    expect(memberRefusal('OWNER', owner, [owner, { ...second, isSuspended: true }])).toBe(
      'lastOwner',
    )
    expect(memberRefusal('OWNER', owner, [owner, second])).toBeNull()
    expect(memberRefusal('ADMIN', { id: 'c', role: 'VIEWER' }, [owner])).toBeNull()
  })
})

describe('the form of an invitation', () => {
  it('makes a bare link without an e-mail', () => {
    expect(invitationInput({ email: ' ', role: 'VIEWER', hours: '24' })).toEqual({
      role: 'VIEWER',
      expiresInHours: 24,
    })
    expect(invitationInput({ email: ' a@b.c ', role: 'ADMIN', hours: '168' })).toEqual({
      role: 'ADMIN',
      expiresInHours: 168,
      email: 'a@b.c',
    })
  })
})

describe('the form of a token', () => {
  it('gives a role or scopes, never both', () => {
    const draft = { ...emptyTokenDraft(), name: ' Deploy ', scopes: ['monitors:read'] }
    expect(tokenInput(draft, NOW)).toEqual({
      name: 'Deploy',
      role: 'VIEWER',
      expiresAt: '2027-02-21T12:00:00.000Z',
    })
    expect(tokenInput({ ...draft, limit: 'scopes', expiry: 'never' }, NOW)).toEqual({
      name: 'Deploy',
      scopes: ['monitors:read'],
      expiresAt: null,
    })
  })

  it('counts a chosen day to its end and refuses one that is over', () => {
    const end = new Date('2026-11-24T23:59:59').toISOString()
    expect(expiresAtOf({ expiry: 'custom', day: '2026-11-24' }, NOW)).toBe(end)
    expect(expiresAtOf({ expiry: 'custom', day: '2026-11-01' }, NOW)).toBeUndefined()
    expect(expiresAtOf({ expiry: 'custom', day: '' }, NOW)).toBeUndefined()
    expect(expiresAtOf({ expiry: 'never', day: '' }, NOW)).toBeNull()
    expect(expiresAtOf({ expiry: '7', day: '' }, NOW)).toBe('2026-11-30T12:00:00.000Z')
  })
})

describe('the examples', () => {
  const place = {
    graphqlUrl: 'https://up.example/graphql',
    socketUrl: 'wss://up.example/graphql',
    streamUrl: 'https://up.example/graphql/stream',
    token: 'aw_secret',
  }
  it('hold the address and the token', () => {
    for (const kind of EXAMPLE_KINDS) {
      const text = exampleOf(kind, place)
      expect(text).toContain('Bearer aw_secret')
      expect(text).toContain('up.example/graphql')
    }
    expect(exampleOf('graphqlWs', place)).toContain("url: 'wss://up.example/graphql'")
    expect(exampleOf('sse', place)).toContain('curl -N https://up.example/graphql/stream')
  })

  it('send sound JSON', () => {
    const [, body = ''] = /-d '(.*)'/.exec(exampleOf('curl', place)) ?? []
    expect(JSON.parse(body)).toEqual({ query: expect.stringContaining('monitors') as string })
  })
})

describe('the filter of the audit log', () => {
  it('says nothing of what is not filtered', () => {
    expect(auditFilter(everything)).toEqual({})
    expect(isFiltered(everything)).toBe(false)
    expect(exportPath('csv', everything)).toBe('/api/audit.csv')
  })

  it('takes whole days of the viewer', () => {
    const filter = auditFilter({
      ...everything,
      from: '2026-11-01',
      to: '2026-11-02',
      action: 'monitor.',
    })
    expect(filter).toEqual({
      actions: ['monitor.'],
      from: new Date('2026-11-01T00:00:00').toISOString(),
      to: new Date('2026-11-02T23:59:59.999').toISOString(),
    })
    expect(auditFilter({ ...everything, from: 'no day' })).toEqual({})
  })

  it('exports what it shows', () => {
    const path = exportPath('json', { ...everything, actor: 'u1', search: ' a b ' }, 'acme')
    expect(path).toBe('/api/audit.json?actor=u1&search=a+b&workspace=acme')
  })
})

describe('the lines of a change', () => {
  it('name what differs by its path, and leave out what stayed', () => {
    const before = { name: 'Shop', settings: { http: { url: 'a' } }, tags: [] }
    const after = { name: 'Shop', settings: { http: { url: 'b' } }, tags: ['x'], paused: false }
    expect(diffLines(before, after)).toEqual([
      { path: 'settings.http.url', before: 'a', after: 'b' },
      { path: 'tags', before: '[]', after: null },
      { path: 'tags.0', before: null, after: 'x' },
      { path: 'paused', before: null, after: 'false' },
    ])
    expect(diffLines(null, null)).toEqual([])
    expect(diffLines(null, { role: 'admin' })).toEqual([
      { path: 'role', before: null, after: 'admin' },
    ])
  })
})

describe('an action in words', () => {
  const texts = new Map([
    ['accounts.settings.audit.verbs.update', 'changed'],
    ['accounts.settings.audit.nouns.monitor', 'the monitor'],
    ['accounts.settings.audit.actions.member-role', 'changed the role of'],
  ])
  const say = (action: string) =>
    actionWords(
      action,
      (key, { noun }) => [texts.get(key), noun].filter(Boolean).join(' '),
      (key) => texts.has(key),
    )
  it('falls back to the action itself', () => {
    expect(say('monitor.update')).toBe('changed the monitor')
    expect(say('member.role')).toBe('changed the role of')
    expect(say('thing.twist')).toBe('thing.twist')
  })
})

describe('the choices of the profile', () => {
  it('find a time zone by any of its words', () => {
    const zones = zoneOptions(new Date(NOW))
    expect(matchingOptions(zones, 'new york')[0]?.value).toBe('America/New_York')
    expect(matchingOptions(zones, 'europe ber').map(({ value }) => value)).toContain(
      'Europe/Berlin',
    )
    expect(zones.some(({ value }) => value === 'UTC')).toBe(true)
  })

  it('are the languages that there are texts for', () => {
    expect(languageOptions([])).toEqual([{ value: 'en', label: 'English' }])
    expect(languageOptions(['/src/app/messages/de.json', '/src/ui/messages/de.json'])).toEqual([
      { value: 'de', label: 'Deutsch' },
      { value: 'en', label: 'English' },
    ])
  })
})

it('draws a QR code as squares within its side', () => {
  const { path, size } = qrPath('otpauth://totp/Allswell:ada?secret=ABC')
  expect(size).toBeGreaterThan(20)
  expect(path).toMatch(/^M2 2h7v1h-7z/)
})

it('knows a name that can stand in an address', () => {
  expect(['acme', 'a1', 'a-b'].every(isSlug)).toBe(true)
  expect(['a', '-ab', 'ab-', 'Ab', 'a b', 'a'.repeat(41)].some(isSlug)).toBe(false)
})
