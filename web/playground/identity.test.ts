import { afterEach, expect, it, vi } from 'vitest'
import { Identity } from './identity.ts'
import { whoActs } from './who-acts.ts'

afterEach(() => sessionStorage.clear())

it('acts as the signed-in person, in the workspace of the link', () => {
  const identity = new Identity('acme')
  expect(identity.request()).toEqual({
    credentials: 'same-origin',
    headers: { 'allswell-workspace': 'acme' },
  })
  expect(identity.socketPayload()).toEqual({ workspace: 'acme' })
})

it('acts as a token without the cookie and without a workspace, for the token has one', () => {
  const identity = new Identity('acme')
  identity.asToken(' aw_secret ')
  expect(identity.request()).toEqual({
    credentials: 'omit',
    headers: { authorization: 'Bearer aw_secret' },
  })
  expect(identity.socketPayload()).toEqual({ authorization: 'Bearer aw_secret' })
})

it('keeps the token for the tab only, until one acts as oneself again', () => {
  new Identity().asToken('aw_secret')
  expect(JSON.stringify({ ...localStorage })).not.toContain('aw_secret')
  const again = new Identity()
  expect(again.current().mode).toBe('token')
  again.asMe()
  expect(JSON.stringify({ ...sessionStorage })).not.toContain('aw_secret')
  expect(new Identity().current().mode).toBe('me')
})

it('tells those who listen', () => {
  const identity = new Identity()
  const heard = vi.fn()
  const stop = identity.subscribe(heard)
  identity.asToken('aw_a')
  stop()
  identity.asMe()
  expect(heard).toHaveBeenCalledOnce()
})

const answer = (body: object) => () => Promise.resolve(new Response(JSON.stringify(body)))
const refusal = (code: string) => answer({ errors: [{ message: 'No.', extensions: { code } }] })

it.each([
  [{ data: { viewer: null } }, { kind: 'nobody' }],
  [
    { data: { viewer: { name: 'Ada', role: 'EDITOR', workspace: { name: 'Acme' } } } },
    { kind: 'somebody', name: 'Ada', role: 'EDITOR', workspace: 'Acme' },
  ],
  [{ errors: [{ message: 'x', extensions: { code: 'UNAUTHENTICATED' } }] }, { kind: 'refused' }],
  [{ errors: [{ message: 'x', extensions: { code: 'UNAVAILABLE' } }] }, { kind: 'unknown' }],
])('reads who it is from %j', async (body, expected) => {
  expect(await whoActs(new Identity(), answer(body))).toEqual(expected)
})

it('goes on without a workspace that is none', async () => {
  const identity = new Identity('gone')
  const send = vi
    .fn<typeof fetch>()
    .mockImplementationOnce(refusal('NOT_FOUND'))
    .mockImplementation(answer({ data: { viewer: null } }))
  expect(await whoActs(identity, send)).toEqual({ kind: 'nobody' })
  expect(identity.current().workspace).toBeNull()
})
