import { mount, type VueWrapper } from '@vue/test-utils'
import { GraphQLError } from 'graphql'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { playServer, settle, signInOptions } from '../../../test/server.ts'
import { viewerWith } from '../../../test/viewer.ts'
import type { Role } from '../../generated/operations.ts'
import { setViewer } from '../../lib/viewer/index.ts'
import { settingsRoutes } from './routes.ts'

let wrapper: VueWrapper | undefined
/** The pages are fetched when first visited, which is no part of what is tested. */
beforeAll(async () => {
  const pages = import.meta.glob('./*/*.vue')
  await Promise.all(Object.values(pages).map((load) => load()))
}, 60_000)
beforeEach(() => setViewer(null))
afterEach(() => {
  wrapper?.unmount()
  wrapper = undefined
  document.body.innerHTML = ''
})

const AT = '2026-11-20T10:00:00Z'
const person = (id: string, name: string, role: Role, more: object = {}) => ({
  id,
  name,
  email: `${id}@example.com`,
  role,
  joinedAt: AT,
  lastSeenAt: null,
  hasTotp: false,
  isSuspended: false,
  isViewer: id === 'u1',
  ...more,
})

async function visit(path: string, role: Role, root: Record<string, unknown> = {}) {
  const ada = { ...viewerWith(role), hasPassword: true, hasTotp: false, recoveryCodesLeft: 0 }
  setViewer(viewerWith(role))
  const visited = playServer({ signInOptions: signInOptions(), viewer: ada, ...root })
  await visited.entry.load()
  const router = createRouter({ history: createMemoryHistory(), routes: settingsRoutes })
  await router.push(path)
  wrapper = mount(
    defineComponent(() => () => h(RouterView)),
    { attachTo: document.body, global: { plugins: [router, visited.plugin] } },
  )
  await settle()
  return { ...visited, router }
}
const text = () => document.body.textContent ?? ''
async function press(selector: string) {
  const button = document.querySelector<HTMLElement>(selector)
  if (!button) throw new Error(`There is no ${selector}`)
  button.click()
  await settle()
}
async function fill(name: string, value: string) {
  const input = document.querySelector<HTMLInputElement>(`[name="${name}"]`)
  if (!input) throw new Error(`There is no field ${name}`)
  input.value = value
  input.dispatchEvent(new Event('input', { bubbles: true }))
  await settle()
}
async function submit() {
  document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await settle()
}

describe('the members', () => {
  const members = [person('u1', 'Ada', 'OWNER'), person('u2', 'Bob', 'EDITOR')]

  it('can be looked at by a viewer, and the page says why not changed', async () => {
    await visit('/settings/members', 'VIEWER', { members })
    expect(text()).toContain('Only admins and owners can invite or change members.')
    expect(document.querySelectorAll('tbody select')).toHaveLength(0)
    expect(text()).not.toContain('Open invitations')
  })

  it('are changed by an owner, but never the last owner', async () => {
    const changeMemberRole = vi.fn(() => ({ member: person('u2', 'Bob', 'ADMIN'), userErrors: [] }))
    await visit('/settings/members', 'OWNER', { members, invitations: [], changeMemberRole })
    const selects = document.querySelectorAll<HTMLSelectElement>('tbody select')
    expect(selects).toHaveLength(1)
    const [select] = selects
    if (!select) throw new Error('There is no select')
    select.value = 'ADMIN'
    select.dispatchEvent(new Event('change', { bubbles: true }))
    await settle()
    expect(changeMemberRole).toHaveBeenCalledWith(
      { input: { userId: 'u2', role: 'ADMIN' } },
      undefined,
      expect.anything(),
    )
  })

  it('are invited by a link that is shown once', async () => {
    const inviteMember = vi.fn(() => ({
      invitation: {
        id: 'i1',
        email: null,
        role: 'VIEWER',
        invitedBy: 'Ada',
        createdAt: AT,
        expiresAt: AT,
      },
      url: 'https://up.example/join/secret',
      isSent: false,
      userErrors: [],
    }))
    await visit('/settings/members', 'ADMIN', { members, invitations: [], inviteMember })
    await press('[data-invite]')
    await submit()
    expect(text()).toContain('https://up.example/join/secret')
  })
})

describe('a token', () => {
  it('is made, shown once with examples', async () => {
    const createApiToken = vi.fn(() => ({
      apiToken: {
        id: 't1',
        name: 'Deploy',
        prefix: 'aw_abc',
        role: 'VIEWER',
        scopes: null,
        createdBy: 'Ada',
        createdAt: AT,
        expiresAt: null,
        lastUsedAt: null,
      },
      token: 'aw_abcdef',
      userErrors: [],
    }))
    await visit('/settings/tokens', 'ADMIN', { apiTokens: [], createApiToken })
    expect(text()).toContain('No tokens yet')
    await press('[data-create-token]')
    await submit()
    expect(createApiToken).not.toHaveBeenCalled()
    await fill('token-name', 'Deploy')
    await submit()
    expect(text()).toContain('aw_abcdef')
    expect(text()).toContain('Bearer aw_abcdef')
  })

  it('is none of an editor’s business', async () => {
    const apiTokens = vi.fn(() => [])
    await visit('/settings/tokens', 'EDITOR', { apiTokens })
    expect(text()).toContain('You need the role admin')
    expect(apiTokens).not.toHaveBeenCalled()
  })
})

describe('the sessions', () => {
  const session = (id: string, device: string, isCurrent: boolean) => ({
    id,
    device,
    isCurrent,
    kind: 'BROWSER',
    ipAddress: '192.0.2.1',
    createdAt: AT,
    lastSeenAt: AT,
    expiresAt: AT,
  })
  it('end everywhere else after one has said so', async () => {
    let sessions = [
      session('s2', 'Safari on iPhone', false),
      session('s1', 'Firefox on Linux', true),
    ]
    const revokeOtherSessions = vi.fn(() => {
      sessions = sessions.filter(({ isCurrent }) => isCurrent)
      return { count: 1, userErrors: [] }
    })
    await visit('/account/sessions', 'VIEWER', { sessions: () => sessions, revokeOtherSessions })
    expect(document.querySelector('li p')?.textContent).toContain('Firefox on Linux')
    await press('[data-end-others]')
    expect(revokeOtherSessions).not.toHaveBeenCalled()
    await press('[data-confirm]')
    expect(text()).toContain('You are signed in nowhere else.')
  })
})

describe('the password', () => {
  it('keeps an error at its field', async () => {
    const changePassword = () => ({
      isChanged: false,
      userErrors: [
        { path: ['currentPassword'], code: 'INVALID', message: 'This is not your password.' },
      ],
    })
    await visit('/account/security', 'VIEWER', { passkeys: [], identities: [], changePassword })
    await fill('current-password', 'wrong')
    await fill('new-password', 'a longer horse battery')
    await submit()
    const field = document.querySelector<HTMLInputElement>('[name="current-password"]')
    expect(text()).toContain('This is not your password.')
    expect(field?.getAttribute('aria-invalid')).toBe('true')
    expect(document.activeElement).toBe(field)
  })
})

describe('the audit log', () => {
  it('asks for what the address says, and offers to try again when that fails', async () => {
    const auditLog = vi.fn((_given: { filter?: object }) => {
      throw new GraphQLError('No.', { extensions: { code: 'INTERNAL_SERVER_ERROR' } })
    })
    await visit('/settings/audit?action=monitor.&search=shop', 'ADMIN', { auditLog, members: [] })
    expect(auditLog.mock.calls[0]?.[0].filter).toEqual({ actions: ['monitor.'], search: 'shop' })
    expect(text()).toContain('This could not be loaded')
  })
})
