import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { TokenKeeper } from './token-keeper.ts'

/** A server that knows one person and ends the sign-in when a refresh token comes twice. */
class FakeServer {
  readonly requests: { url: string; body: Record<string, string> }[] = []
  answers: (() => Response | Promise<Response>)[] = []
  valid = ''
  isEnded = false
  private issued = 0

  readonly send = async (url: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const body = JSON.parse(String(init?.body)) as Record<string, string>
    this.requests.push({ url: String(url), body })
    const planned = this.answers.shift()
    if (planned) return planned()
    if (String(url).endsWith('/revoke')) return new Response(null, { status: 200 })
    if (body['grant_type'] === 'password') return this.signIn(body)
    if (this.isEnded || body['refresh_token'] !== this.valid) {
      this.isEnded = true
      return json({ error: 'invalid_grant', error_description: 'It was used before.' }, 400)
    }
    return this.issue()
  }
  private signIn({ password, code }: Record<string, string>): Response {
    if (password !== 'correct horse') {
      return json({ error: 'invalid_grant', error_description: 'That is not right.' }, 400)
    }
    return code ? this.issue() : json({ error: 'code_required' }, 400)
  }
  private issue(): Response {
    this.issued += 1
    this.valid = `refresh-${this.issued}`
    return json({
      access_token: `access-${this.issued}`,
      refresh_token: this.valid,
      expires_in: 300,
      token_type: 'Bearer',
    })
  }
  get refreshes() {
    return this.requests.filter(({ body }) => body['grant_type'] === 'refresh_token')
  }
}
const json = (body: object, status = 200, headers = {}) =>
  new Response(JSON.stringify(body), { status, headers })

let server: FakeServer
let time: number
beforeEach(() => {
  server = new FakeServer()
  time = 1_000_000
})
afterEach(() => sessionStorage.clear())
const newTab = () =>
  new TokenKeeper({
    urlOf: (name) => `https://api.example/auth/${name}`,
    send: server.send,
    now: () => time,
  })
const ada = { email: 'ada@example.com', password: 'correct horse', code: '123456' }

async function signedIn() {
  const keeper = newTab()
  expect(await keeper.signIn(ada)).toEqual({ kind: 'done' })
  return keeper
}

describe('signing in', () => {
  it('asks for the code where one is needed', async () => {
    const { code: _code, ...withoutCode } = ada
    expect(await newTab().signIn(withoutCode)).toEqual({ kind: 'codeRequired' })
  })

  it('says what the server says, and how long to wait', async () => {
    const keeper = newTab()
    const wrong = await keeper.signIn({ ...ada, password: 'x' })
    expect(wrong).toEqual({ kind: 'refused', message: 'That is not right.' })
    server.answers = [() => json({ error: 'slow_down' }, 429, { 'retry-after': '17' })]
    expect(await keeper.signIn(ada)).toEqual({ kind: 'limited', retryAfterSeconds: 17 })
    server.answers = [() => Promise.reject(new TypeError('Failed to fetch'))]
    expect(await keeper.signIn(ada)).toEqual({ kind: 'unreachable' })
  })

  it('keeps the access token out of every storage', async () => {
    await signedIn()
    expect(JSON.stringify({ ...sessionStorage, ...localStorage })).not.toContain('access-1')
  })
})

describe('the access token', () => {
  it('is used until shortly before its end, then renewed', async () => {
    const keeper = await signedIn()
    expect(await keeper.current()).toBe('access-1')
    time += 271_000
    expect(await keeper.current()).toBe('access-2')
    expect(server.refreshes).toHaveLength(1)
  })

  it('is renewed once for all who need it at the same time', async () => {
    const keeper = await signedIn()
    time += 300_000
    const tokens = await Promise.all([keeper.current(), keeper.current(), keeper.renew('access-1')])
    expect(tokens).toEqual(['access-2', 'access-2', 'access-2'])
    expect(server.refreshes).toHaveLength(1)
    expect(server.isEnded).toBe(false)
  })

  it('that was refused is renewed once, however late the others hear of it', async () => {
    const keeper = await signedIn()
    expect(await keeper.renew('access-1')).toBe('access-2')
    expect(await keeper.renew('access-1')).toBe('access-2')
    expect(server.refreshes).toHaveLength(1)
  })

  it('goes on after a reload of the tab', async () => {
    await signedIn()
    expect(await newTab().current()).toBe('access-2')
  })

  it('of another tab is left alone by its duplicate', async () => {
    const original = await signedIn()
    const duplicate = new TokenKeeper({
      urlOf: (name) => `https://api.example/auth/${name}`,
      send: server.send,
      storage: { getItem: () => copied, setItem: vi.fn(), removeItem: () => (copied = null) },
      isTwin: async () => true,
    })
    let copied: string | null = 'refresh-1'
    expect(await duplicate.current()).toBeNull()
    expect(await original.renew('access-1')).toBe('access-2')
    expect(server.isEnded).toBe(false)
  })

  it('is gone once the server has seen a refresh token twice', async () => {
    const keeper = await signedIn()
    server.isEnded = true
    expect(await keeper.renew('access-1')).toBeNull()
    expect(await keeper.current()).toBeNull()
    expect(server.refreshes).toHaveLength(1)
  })

  it('is asked for again when the server was away, for nobody was signed out', async () => {
    const keeper = await signedIn()
    server.answers = [
      () => Promise.reject(new TypeError('Failed to fetch')),
      () => new Response('', { status: 503 }),
    ]
    await expect(keeper.renew('access-1')).rejects.toThrow('Failed to fetch')
    await expect(keeper.current()).rejects.toThrow('503')
    expect(await keeper.current()).toBe('access-2')
  })
})

describe('signing out', () => {
  it('forgets both tokens and tells the server', async () => {
    const keeper = await signedIn()
    await keeper.signOut()
    expect(server.requests.at(-1)).toEqual({
      url: 'https://api.example/auth/revoke',
      body: { token: 'refresh-1' },
    })
    expect(await keeper.current()).toBeNull()
    expect(sessionStorage).toHaveLength(0)
  })

  it('holds although the server is away', async () => {
    const keeper = await signedIn()
    server.answers = [() => Promise.reject(new TypeError('Failed to fetch'))]
    await keeper.signOut()
    expect(await keeper.current()).toBeNull()
  })

  it('is not undone by a renewal under way', async () => {
    const keeper = await signedIn()
    const late = vi.fn()
    server.answers = [
      async () => {
        await keeper.signOut()
        late()
        return json({ access_token: 'access-9', refresh_token: 'refresh-9', expires_in: 300 })
      },
    ]
    expect(await keeper.renew('access-1')).toBeNull()
    expect(late).toHaveBeenCalledOnce()
    expect(sessionStorage).toHaveLength(0)
  })
})
