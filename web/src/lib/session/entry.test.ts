import { GraphQLError } from 'graphql'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { playServer, settle, signInOptions } from '../../../test/server.ts'
import { viewerWith } from '../../../test/viewer.ts'
import { ChooseThemeDocument } from '../../generated/operations.ts'
import { setViewer, useViewer } from '../viewer/index.ts'
import { signInPath } from './entry.ts'
import { TokenKeeper } from './token-keeper.ts'

const person = (role: 'ADMIN' | 'VIEWER' = 'ADMIN', more: object = {}) => ({
  ...viewerWith(role),
  ...more,
  __typename: 'Viewer',
})
const other = { id: 'w2', name: 'Other', slug: 'other', role: 'VIEWER' }
const noWorkspace = () => {
  throw new GraphQLError('There is no such workspace.', { extensions: { code: 'NOT_FOUND' } })
}
afterEach(() => setViewer(null))

async function signedIn(root: Record<string, unknown> = {}, here = '/monitors/a?q=x') {
  const played = { signInOptions: signInOptions(), viewer: person() as unknown, ...root }
  const visit = playServer(played, { here })
  await visit.entry.load()
  return { ...visit, played }
}

describe('at the start', () => {
  it('says who is there, to everybody who asks', async () => {
    const { entry } = await signedIn()
    await entry.whenKnown()
    expect(entry.phase.value).toBe('ready')
    expect(useViewer().viewer.value?.name).toBe('Ada Lovelace')
  })

  it('keeps waiting while the server is away, and goes on when it is back', async () => {
    const { entry, server } = playServer({ signInOptions: signInOptions(), viewer: null })
    const known = vi.fn()
    void entry.whenKnown().then(known)
    server.isAway = true
    await entry.load()
    expect([entry.phase.value, entry.problem.value?.kind]).toEqual(['failed', 'unreachable'])
    expect(known).not.toHaveBeenCalled()
    server.isAway = false
    await entry.load()
    await settle()
    expect(entry.phase.value).toBe('ready')
    expect(known).toHaveBeenCalledOnce()
  })

  it('names the unknown workspace no more once the server has refused it', async () => {
    let isAsked = false
    const root = {
      signInOptions: () => (isAsked ? signInOptions() : ((isAsked = true), noWorkspace())),
      viewer: person(),
    }
    const { entry, sent } = playServer(root, { slug: 'nowhere' })
    await entry.load()
    expect(entry.phase.value).toBe('lost')
    expect(entry.viewer.value?.name).toBe('Ada Lovelace')
    expect(sent.map(({ workspace }) => workspace)).toEqual(['nowhere', null])
  })
})

describe('when the server refuses something', () => {
  it('leaves for the sign-in, comes back later, and keeps nothing', async () => {
    const { entry, page, played } = await signedIn()
    played.viewer = null
    await entry.check()
    expect(page.forget).toHaveBeenCalledOnce()
    expect(page.loaded).toEqual(['/sign-in?next=/monitors/a%3Fq%3Dx&reason=signed-out'])
  })

  it('stays and shows the new rights where only they have changed', async () => {
    const { entry, page, played } = await signedIn()
    expect(useViewer().can('EDITOR')).toBe(true)
    played.viewer = person('VIEWER')
    await entry.check()
    expect(page.loaded).toEqual([])
    expect(useViewer().can('EDITOR')).toBe(false)
    expect(useViewer().refusalOf('EDITOR')).toContain('Viewers can look')
  })

  it('asks once, however many refusals there are', async () => {
    const { entry, sent } = await signedIn()
    await Promise.all([entry.check(), entry.check(), entry.check()])
    expect(sent).toHaveLength(2)
  })

  it('loads the page anew in the workspace that is left', async () => {
    const { entry, page, played } = await signedIn()
    played.viewer = person('ADMIN', { workspace: other })
    await entry.check()
    expect(page.loaded).toEqual(['/monitors/a?q=x'])
  })

  it('does nothing while the server is away or nobody is signed in', async () => {
    const { entry, page, server } = await signedIn()
    server.isAway = true
    await entry.check()
    expect(page.loaded).toEqual([])
    const visitor = playServer({ signInOptions: signInOptions(), viewer: null })
    await visitor.entry.load()
    await visitor.entry.check()
    expect(visitor.sent).toHaveLength(1)
  })
})

describe('signing out', () => {
  it('tells the server and the other tabs, and leaves', async () => {
    const signOut = vi.fn(() => ({ isSignedOut: true, userErrors: [] }))
    const { entry, page } = await signedIn({ signOut })
    expect(await entry.signOut()).toBeNull()
    expect(signOut).toHaveBeenCalledOnce()
    expect([page.told, page.loaded]).toEqual([1, ['/sign-in']])
    expect(page.forget).toHaveBeenCalledOnce()
  })

  it('stays when the server could not be told', async () => {
    const { entry, page, server } = await signedIn()
    server.isAway = true
    expect((await entry.signOut())?.kind).toBe('unreachable')
    expect(page.loaded).toEqual([])
  })

  it('follows another tab', async () => {
    const { page, played, hearOtherTab } = await signedIn()
    played.viewer = null
    hearOtherTab()
    await settle()
    expect(page.loaded).toHaveLength(1)
  })

  it('revokes the tokens where there is no cookie', async () => {
    const send = vi.fn<typeof fetch>(async () => Response.json({}))
    const tokens = new TokenKeeper({ urlOf: (name) => `https://api.example/auth/${name}`, send })
    sessionStorage.setItem('allswell.refresh-token', 'r1')
    const root = { signInOptions: signInOptions(), viewer: person() }
    const { entry, page } = playServer(root, { tokens })
    await entry.load()
    await entry.signOut()
    expect(String(send.mock.calls[0]?.[0])).toBe('https://api.example/auth/revoke')
    expect(page.loaded).toEqual(['/sign-in'])
  })
})

it('follows what a mutation changes of the viewer, without asking again', async () => {
  const changed = { ...person(), name: 'Ada King', theme: 'DARK' }
  const updateProfile = () => ({ viewer: changed, userErrors: [] })
  const { client, entry, sent } = await signedIn({ updateProfile })
  await client.mutate({ mutation: ChooseThemeDocument, variables: { theme: 'DARK' } })
  await settle()
  expect(entry.viewer.value?.theme).toBe('DARK')
  expect(useViewer().viewer.value?.theme).toBe('DARK')
  expect(sent.map(({ name }) => name)).toEqual(['Entry', 'ChooseTheme'])
})

it('follows a sign-in in another tab', async () => {
  const played = { signInOptions: signInOptions(), viewer: null as unknown }
  const { entry, page, hearOtherTab } = playServer(played, { here: '/sign-in?next=/monitors/a' })
  await entry.load()
  played.viewer = person()
  hearOtherTab()
  await settle()
  expect(page.loaded).toEqual(['/sign-in?next=/monitors/a'])
})

it('names the way back and the reason in the address of the sign-in', () => {
  expect(signInPath('/')).toBe('/sign-in')
  expect(signInPath('/w/acme/?status=DOWN&q=a b')).toBe(
    '/sign-in?next=/w/acme/%3Fstatus%3DDOWN%26q%3Da+b',
  )
})
