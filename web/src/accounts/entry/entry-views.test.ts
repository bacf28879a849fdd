import { mount, type VueWrapper } from '@vue/test-utils'
import { GraphQLError } from 'graphql'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { defineComponent, h } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { playServer, settle, signInOptions, type Visit } from '../../../test/server.ts'
import { viewerWith } from '../../../test/viewer.ts'
import { TokenKeeper } from '../../lib/session/index.ts'
import { setViewer } from '../../lib/viewer/index.ts'
import { entryRoutes } from './routes.ts'

const ADA = { ...viewerWith('OWNER'), __typename: 'Viewer' }
const DONE = { isCodeRequired: false, viewer: ADA, userErrors: [] }
const refused = (path: string[], message: string, more: object = {}) => ({
  isCodeRequired: false,
  viewer: null,
  userErrors: [{ path, code: 'INVALID', message }],
  ...more,
})

let wrapper: VueWrapper | undefined
beforeEach(() => setViewer(null))
afterEach(() => {
  wrapper?.unmount()
  wrapper = undefined
  vi.useRealTimers()
  vi.unstubAllGlobals()
  sessionStorage.clear()
  document.body.innerHTML = ''
})

/** Visits a page of the entry; where one is led on to is an empty page. */
async function visit(path: string, root: Record<string, unknown> = {}, more: Visit = {}) {
  const visited = playServer({ signInOptions: signInOptions(), viewer: null, ...root }, more)
  await visited.entry.load()
  const empty = { path: '/:path(.*)*', component: defineComponent(() => () => h('p', 'The app')) }
  const router = createRouter({ history: createMemoryHistory(), routes: [...entryRoutes, empty] })
  await router.push(path)
  const screen = defineComponent(() => () => h(RouterView))
  wrapper = mount(screen, {
    attachTo: document.body,
    global: { plugins: [router, visited.plugin] },
  })
  await settle()
  const here = () => router.currentRoute.value.fullPath
  return { ...visited, here }
}
const text = () => document.body.textContent ?? ''
const field = (name: string) => document.querySelector<HTMLInputElement>(`[name="${name}"]`)
const errorAt = (name: string) =>
  document.querySelector(`[data-field="${name}"] [role=alert]`)?.textContent?.trim()
const submitButton = () => document.querySelector<HTMLButtonElement>('[data-submit]')
async function fill(values: Record<string, string>) {
  for (const [name, value] of Object.entries(values)) {
    const input = field(name)
    if (!input) throw new Error(`There is no field ${name}`)
    input.value = value
    input.dispatchEvent(new Event('input', { bubbles: true }))
  }
  await settle()
}
async function submit() {
  document.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
  await settle()
}
const credentials = { email: ' ada@example.com ', password: 'correct horse' }

describe('the sign-in', () => {
  it('leads on to the page that was wanted', async () => {
    const signIn = vi.fn(() => DONE)
    const root = { signIn, viewer: () => (signIn.mock.calls.length > 0 ? ADA : null) }
    const { here, entry, page } = await visit('/sign-in?next=/monitors/a?q=x', root)
    await fill(credentials)
    await submit()
    expect(signIn).toHaveBeenCalledWith(
      { input: { email: 'ada@example.com', password: 'correct horse' } },
      undefined,
      expect.anything(),
    )
    expect(here()).toBe('/monitors/a?q=x')
    expect(entry.viewer.value?.name).toBe('Ada Lovelace')
    expect(page.told).toBe(1)
  })

  it('never leads to another origin', async () => {
    const { here } = await visit('/sign-in?next=//evil.example', { signIn: () => DONE })
    await fill(credentials)
    await submit()
    expect(here()).toBe('/')
  })

  it('asks for the code where the second factor is on, and keeps its errors at it', async () => {
    const signIn = vi.fn(({ input }: { input: { code?: string } }) => {
      if (!input.code) return refused([], '', { isCodeRequired: true, userErrors: [] })
      return input.code === '123456'
        ? DONE
        : refused(['code'], 'This code is wrong.', { isCodeRequired: true })
    })
    const { here } = await visit('/sign-in', { signIn })
    await fill(credentials)
    await submit()
    expect(text()).toContain('Enter your code')
    expect(document.activeElement).toBe(field('code'))
    expect(field('code')?.autocomplete).toBe('one-time-code')
    await fill({ code: '000 000' })
    await submit()
    expect(errorAt('code')).toBe('This code is wrong.')
    expect(document.activeElement).toBe(field('code'))
    await fill({ code: '123 456' })
    expect(errorAt('code')).toBeUndefined()
    await submit()
    expect(here()).toBe('/')
  })

  it('says what lacks without asking the server, and puts the focus there', async () => {
    const signIn = vi.fn()
    await visit('/sign-in', { signIn })
    await submit()
    expect([errorAt('email'), errorAt('password')]).toEqual(['This is needed.', 'This is needed.'])
    expect(document.activeElement).toBe(field('email'))
    expect(signIn).not.toHaveBeenCalled()
  })

  it('shows what the server says at its field, or above the form', async () => {
    const answers = [
      refused(['password'], 'The e-mail or the password is wrong.'),
      refused([], 'This account is closed.'),
    ]
    await visit('/sign-in', { signIn: () => answers.shift() })
    await fill(credentials)
    await submit()
    expect(errorAt('password')).toBe('The e-mail or the password is wrong.')
    await submit()
    expect(text()).toContain('This account is closed.')
    expect(errorAt('password')).toBeUndefined()
  })

  it('counts down while the server throttles, and lets one try again after that', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
    await visit('/sign-in', {
      signIn: () => {
        throw new GraphQLError('Slow down.', {
          extensions: { code: 'LIMIT', retryAfterSeconds: 3 },
        })
      },
    })
    await fill(credentials)
    await submit()
    expect(text()).toContain('Too many attempts')
    expect(submitButton()?.disabled).toBe(true)
    expect(submitButton()?.textContent).toMatch(/Try again in [34] s/)
    vi.advanceTimersByTime(5000)
    await settle()
    expect(submitButton()?.disabled).toBe(false)
    expect(text()).not.toContain('Too many attempts')
  })

  it('says that the server is away and keeps what was typed', async () => {
    const { server } = await visit('/sign-in')
    await fill(credentials)
    server.isAway = true
    await submit()
    expect(text()).toContain('The server can’t be reached')
    expect(field('password')?.value).toBe('correct horse')
  })

  it('says why one is here, in words of its own only', async () => {
    await visit('/sign-in?reason=signed-out&problem=account_exists')
    expect(text()).toContain('You have been signed out.')
    expect(text()).toContain('There is an account with this e-mail address already.')
    wrapper?.unmount()
    await visit('/sign-in?reason=__proto__&problem=<b>bad</b>')
    expect(text()).not.toContain('bad')
    expect(text()).toContain('The provider can’t be reached')
  })

  it('offers the providers that are configured, and takes the wanted page along', async () => {
    const providers = [{ id: 'github', kind: 'GITHUB', title: 'GitHub', url: '/auth/github' }]
    const root = { signInOptions: signInOptions({ providers }) }
    await visit('/sign-in?next=/monitors/a', root)
    const link = [...document.querySelectorAll('a')].find((a) => a.textContent.includes('GitHub'))
    const href = new URL(link?.href ?? '')
    expect([href.pathname, href.searchParams.get('next')]).toEqual(['/auth/github', '/monitors/a'])
  })

  it('takes tokens where there is no cookie', async () => {
    const send = vi.fn<typeof fetch>(async (_url, init) => {
      const { code } = JSON.parse(String(init?.body)) as { code?: string }
      return code
        ? Response.json({ access_token: 'a', refresh_token: 'r', expires_in: 300 })
        : Response.json({ error: 'code_required' }, { status: 400 })
    })
    const tokens = new TokenKeeper({ urlOf: (name) => `https://api.example/auth/${name}`, send })
    const signIn = vi.fn()
    const { here } = await visit('/sign-in?next=/monitors/a', { signIn }, { tokens })
    await fill(credentials)
    await submit()
    await fill({ code: '123456' })
    await submit()
    expect(here()).toBe('/monitors/a')
    expect(signIn).not.toHaveBeenCalled()
  })
})

describe('the set-up', () => {
  const filled = {
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    'new-password': 'correct horse battery',
    organization: 'Acme',
  }
  const options = signInOptions({ needsSetUp: true, needsSetUpToken: true })

  it('takes the token from the address and leads into the app', async () => {
    const setUp = vi.fn(() => ({ viewer: ADA, userErrors: [] }))
    const root = { signInOptions: options, setUp }
    const { here } = await visit('/set-up?token=t-1', root)
    await fill(filled)
    await submit()
    expect(setUp).toHaveBeenCalledWith(
      {
        input: {
          name: 'Ada Lovelace',
          email: 'ada@example.com',
          password: 'correct horse battery',
          workspaceName: 'Acme',
          setUpToken: 't-1',
        },
      },
      undefined,
      expect.anything(),
    )
    expect(here()).toBe('/')
  })

  it('says what is wrong with each field', async () => {
    const setUp = vi.fn(() => ({
      viewer: null,
      userErrors: [{ path: ['setUpToken'], code: 'INVALID', message: 'That is not the token.' }],
    }))
    await visit('/set-up', { signInOptions: options, setUp })
    await fill({ ...filled, email: 'ada', 'new-password': 'short' })
    await submit()
    expect(errorAt('email')).toBe('This is no e-mail address.')
    expect(errorAt('password')).toContain('At least 10 characters')
    expect(errorAt('setUpToken')).toBe('This is needed.')
    expect(setUp).not.toHaveBeenCalled()
    await fill({ ...filled, 'set-up-token': 'wrong' })
    await submit()
    expect(errorAt('setUpToken')).toBe('That is not the token.')
    expect(document.activeElement).toBe(field('set-up-token'))
  })

  it('signs in by tokens where the cookie is of no use', async () => {
    const send = vi.fn<typeof fetch>(async () =>
      Response.json({ access_token: 'a', refresh_token: 'r', expires_in: 300 }),
    )
    const tokens = new TokenKeeper({ urlOf: (name) => `https://api.example/auth/${name}`, send })
    const setUp = () => ({ viewer: ADA, userErrors: [] })
    const root = { signInOptions: signInOptions({ needsSetUp: true }), setUp }
    await visit('/set-up', root, { tokens })
    await fill(filled)
    await submit()
    expect(sessionStorage.getItem('allswell.refresh-token')).toBe('r')
  })
})

describe('an invitation', () => {
  const invitationPreview = {
    email: 'bob@example.com',
    expiresAt: '2027-01-01T00:00:00.000Z',
    invitedBy: 'Ada',
    role: 'VIEWER',
    workspaceName: 'Acme',
  }
  const workspace = { id: 'w1', name: 'Acme', slug: 'acme', role: 'VIEWER' }

  it('lets a new person make an account', async () => {
    const assign = vi.fn()
    vi.stubGlobal('location', { ...location, assign })
    const acceptInvitation = vi.fn(() => ({ viewer: ADA, workspace, userErrors: [] }))
    await visit('/join/secret', { invitationPreview, acceptInvitation })
    expect(text()).toContain('Ada invites you to be a viewer.')
    expect(field('email')?.value).toBe('bob@example.com')
    await fill({ name: 'Bob', 'new-password': 'correct horse battery' })
    await submit()
    const input = {
      token: 'secret',
      name: 'Bob',
      email: 'bob@example.com',
      password: 'correct horse battery',
    }
    expect(acceptInvitation).toHaveBeenCalledWith({ input }, undefined, expect.anything())
    expect(assign).toHaveBeenCalledWith('/w/acme/')
  })

  it('lets who has an account sign in first and come back', async () => {
    await visit('/join/secret', { invitationPreview })
    const link = [...document.querySelectorAll('a')].find((a) => a.textContent === 'Sign in first')
    expect(link?.getAttribute('href')).toBe('/sign-in?next=/join/secret')
  })

  it('joins who is signed in', async () => {
    const assign = vi.fn()
    vi.stubGlobal('location', { ...location, assign })
    const acceptInvitation = vi.fn(() => ({ viewer: ADA, workspace, userErrors: [] }))
    await visit('/join/secret', { viewer: ADA, invitationPreview, acceptInvitation })
    expect(submitButton()?.textContent).toContain('Join as Ada Lovelace')
    await submit()
    expect(acceptInvitation).toHaveBeenCalledWith(
      { input: { token: 'secret' } },
      undefined,
      expect.anything(),
    )
    expect(assign).toHaveBeenCalledWith('/w/acme/')
  })

  it('that no longer works says what to do', async () => {
    await visit('/join/old', { invitationPreview: null })
    expect(text()).toContain('This invitation no longer works')
    expect(text()).toContain('Ask whoever invited you for a new link.')
  })
})

describe('a forgotten password', () => {
  it('is answered alike for everybody', async () => {
    const requestPasswordReset = vi.fn(() => ({ userErrors: [] }))
    await visit('/forgotten', { requestPasswordReset })
    await fill({ email: 'nobody@example.com' })
    await submit()
    expect(text()).toContain('If there is an account for nobody@example.com')
  })

  it('is reset on the server where there is no e-mail', async () => {
    await visit('/forgotten', { signInOptions: signInOptions({ canResetPassword: false }) })
    expect(text()).toContain('npm run allswell -- user reset-password')
    expect(document.querySelector('form')).toBeNull()
  })

  it('is set anew by the link, and one signs in with it', async () => {
    const assign = vi.fn()
    vi.stubGlobal('location', { ...location, assign })
    const resetPassword = vi.fn(() => ({ isReset: true, userErrors: [] }))
    await visit('/reset-password?token=t', { resetPassword })
    await fill({ 'new-password': 'correct horse battery' })
    await submit()
    expect(assign).toHaveBeenCalledWith('/sign-in?reason=password-set')
  })

  it('says that an incomplete link is one', async () => {
    await visit('/reset-password')
    expect(text()).toContain('This link is incomplete')
  })
})
