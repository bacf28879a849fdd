import { mount, type VueWrapper } from '@vue/test-utils'
import { GraphQLError } from 'graphql'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import { playServer, settle, signInOptions } from '../../../test/server.ts'
import { viewerWith } from '../../../test/viewer.ts'
import { setViewer, useViewer } from '../../lib/viewer/index.ts'
import App from '../App.vue'
import { createAppRouter } from '../router.ts'
import { guardEntry } from './guard-entry.ts'

const ADA = { ...viewerWith('OWNER'), __typename: 'Viewer' }
const ACME = { id: 'w1', name: 'Acme', slug: 'acme', role: 'OWNER' }
const OTHER = { id: 'w2', name: 'Other works', slug: 'other', role: 'VIEWER' }

let wrapper: VueWrapper | undefined
afterEach(() => {
  wrapper?.unmount()
  setViewer(null)
  document.body.innerHTML = ''
})

/** Opens the whole app at a path, as the browser would. */
async function openApp(path: string, root: Record<string, unknown>, slug: string | null = null) {
  const played = {
    signInOptions: signInOptions(),
    viewer: ADA as unknown,
    workspaces: [ACME, OTHER],
    liveCursor: 'c1',
    monitors: { nodes: [], totalCount: 0, pageInfo: { hasNextPage: false, endCursor: null } },
    ...root,
  }
  const visited = playServer(played, { slug })
  const base = slug === null ? '/' : `/w/${slug}/`
  const history = createMemoryHistory(base)
  history.replace(path)
  const router = createAppRouter(history)
  const load = vi.fn()
  guardEntry(router, visited.entry, { base, load })
  void visited.entry.load()
  wrapper = mount(App, { attachTo: document.body, global: { plugins: [router, visited.plugin] } })
  await vi.waitFor(() => {
    if (router.currentRoute.value.matched.length === 0 && load.mock.calls.length === 0)
      throw new Error('Nothing was chosen yet.')
  })
  await settle()
  const here = () => router.currentRoute.value.fullPath
  return { ...visited, played, router, load, here }
}
const text = () => document.body.textContent ?? ''

describe('the gate', () => {
  it('leads to the set-up first', async () => {
    const { here } = await openApp('/monitors/new', {
      signInOptions: signInOptions({ needsSetUp: true }),
      viewer: null,
    })
    expect(here()).toBe('/set-up')
    expect(text()).toContain('Make the first account.')
  })

  it('leads to the sign-in, and asks nothing else of the server before', async () => {
    const { here, sent } = await openApp('/monitors/new?kind=http', { viewer: null })
    expect(here()).toBe('/sign-in?next=/monitors/new?kind=http')
    expect(sent.map(({ name }) => name).filter((name) => !name.includes('Passkey'))).toEqual([
      'Entry',
    ])
    expect(document.querySelector('nav')).toBeNull()
  })

  it('loads the sign-in anew where the address names a workspace', async () => {
    const { load } = await openApp('/monitors/a', { viewer: null }, 'acme')
    expect(load).toHaveBeenCalledWith('/sign-in?next=/w/acme/monitors/a')
  })

  it('shows the app to who is signed in', async () => {
    const { here } = await openApp('/sign-in', {})
    expect(here()).toBe('/')
    expect(text()).toContain('Watch your first service')
    expect(document.querySelector('[data-user-menu]')?.textContent).toContain('ada@example.com')
    expect(document.querySelector('[data-workspace-menu]')?.textContent).toContain('Acme')
  })

  it('offers a workspace to who has none', async () => {
    await openApp('/', { viewer: { ...ADA, role: null, workspace: null }, workspaces: [] })
    expect(text()).toContain('You are in no workspace yet')
  })

  it('shows the own workspaces where the address names none of them', async () => {
    let asked = 0
    await openApp(
      '/',
      {
        signInOptions: () => {
          asked += 1
          if (asked > 1) return signInOptions()
          throw new GraphQLError('No.', { extensions: { code: 'NOT_FOUND' } })
        },
      },
      'nowhere',
    )
    expect(text()).toContain('There is no such workspace')
    const links = [...document.querySelectorAll('li a')].map((link) => link.getAttribute('href'))
    expect(links).toEqual(['/w/acme/', '/w/other/'])
  })
})

it('waits calmly, says that the server is away, and goes on once it is back', async () => {
  const visited = playServer({ signInOptions: signInOptions(), viewer: null })
  const router = createAppRouter(createMemoryHistory())
  guardEntry(router, visited.entry, { base: '/', load: vi.fn() })
  wrapper = mount(App, { attachTo: document.body, global: { plugins: [router, visited.plugin] } })
  await settle()
  expect(text()).toBe('Loading…')
  visited.server.isAway = true
  await visited.entry.load()
  await settle()
  expect(text()).toContain('Allswell could not be loaded')
  visited.server.isAway = false
  document.querySelector('button')?.click()
  await vi.waitFor(() => expect(text()).toContain('Sign in to Allswell'))
})

describe('rights', () => {
  const monitor = {
    __typename: 'Monitor',
    id: 'a',
    name: 'API gateway',
    kind: 'http',
    target: 'https://a.example',
    status: 'UP',
    statusSince: '2027-01-01T00:00:00.000Z',
    reason: null,
    isPaused: false,
    intervalSeconds: 60,
    uptime: { ratio: 1 },
    recentHeartbeats: [],
  }
  const monitors = {
    nodes: [monitor],
    totalCount: 1,
    pageInfo: { hasNextPage: false, endCursor: null },
  }
  const viewer = { ...viewerWith('VIEWER'), __typename: 'Viewer' }
  const newButton = () =>
    [...document.querySelectorAll('button')].find((b) => b.textContent.includes('New monitor'))

  it('let a viewer look: what changes something is refused, and says why', async () => {
    const { here } = await openApp('/', { viewer, monitors })
    expect(text()).toContain('API gateway')
    expect(document.querySelector('[data-view-only]')).not.toBeNull()
    expect(newButton()?.getAttribute('aria-disabled')).toBe('true')
    newButton()?.click()
    await settle()
    expect(here()).toBe('/')
  })

  it('show a viewer no form, however they came to it', async () => {
    await openApp('/monitors/new?kind=http', { viewer, monitors, monitorKinds: [] })
    await vi.waitFor(() => expect(text()).toContain('You can’t change monitors here'), 10_000)
    expect(text()).toContain('Viewers can look, not change. Ask an admin.')
  })

  it('change on the screen as soon as the account changes', async () => {
    const { entry, played } = await openApp('/', { monitors })
    expect(newButton()?.getAttribute('aria-disabled')).toBeNull()
    played.viewer = viewer
    await entry.check()
    await settle()
    expect(newButton()?.getAttribute('aria-disabled')).toBe('true')
    expect(useViewer().canEdit.value).toBe(false)
  })
})
