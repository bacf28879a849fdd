import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Browser } from '../../../test/cookie-jar.ts'
import { type GithubServer, startGithub } from '../../../test/github-server.ts'
import { type OidcProvider, OTHER_CLIENT, startOidcProvider } from '../../../test/oidc-provider.ts'
import { type App, startApp } from '../../app.ts'
import { readConfig } from '../../config/index.ts'
import { systemClock } from '../../lib/clock.ts'
import { silentLog } from '../../lib/log.ts'

const PORT = 20_000 + (process.pid % 20_000)
const HOME = `http://localhost:${PORT}`
let folder: string
let app: App
let oidc: OidcProvider
let github: GithubServer
let browser: Browser

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'allswell-oauth-'))
  chmodSync(folder, 0o711)
  ;[oidc, github] = await Promise.all([
    startOidcProvider([`${HOME}/auth/oidc/callback`, `${HOME}/auth/other/callback`]),
    startGithub(),
  ])
  const config = readConfig(
    {
      ...{ PORT: String(PORT), ALLSWELL_DATA: folder, SERVE_WEB: 'false', LOG_LEVEL: 'silent' },
      ...{ OIDC_ISSUER: oidc.issuer, OIDC_CLIENT_ID: oidc.clientId },
      ...{ OIDC_CLIENT_SECRET: oidc.clientSecret, OIDC_PROVIDERS: 'away' },
      ...{
        OIDC_AWAY_ISSUER: 'http://127.0.0.1:9',
        OIDC_AWAY_CLIENT_ID: 'x',
        OIDC_AWAY_CLIENT_SECRET: 'y',
      },
      ...{ GITHUB_CLIENT_ID: github.clientId, GITHUB_CLIENT_SECRET: github.clientSecret },
      ...{ GITHUB_URL: github.url, OAUTH_AUTO_JOIN_ROLE: 'viewer' },
      ...{ OAUTH_ALLOWED_DOMAINS: 'allowed.test', TRUSTED_PROXIES: 'loopback' },
    },
    { workingFolder: folder, webFolder: folder },
  )
  app = await startApp({ config, log: silentLog, clock: systemClock })
  await graphql(new Browser(), SET_UP)
})
afterAll(async () => {
  await app?.stop()
  await Promise.all([oidc?.close(), github?.close()])
  rmSync(folder, { recursive: true, force: true })
})
beforeEach(() => {
  browser = new Browser()
  github.account = undefined
})

const SET_UP = `mutation { setUp(input: { name: "Ada", email: "ada@allowed.test", password: "correct horse battery", workspaceName: "Example" }) { viewer { id } } }`

async function graphql(who: Browser, query: string): Promise<Record<string, unknown>> {
  const response = await who.ask(`${HOME}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  return ((await response.json()) as { data: Record<string, unknown> }).data
}

const viewer = (who: Browser = browser): Promise<unknown> =>
  graphql(who, '{ viewer { email name role } }').then((data) => data['viewer'])

let accountNumber = 0
/** Somebody with an account at the OpenID provider; answers the login. */
function account(
  wishes: { email?: string; email_verified?: boolean; name?: string; sub?: string } = {},
): string {
  const login = `login-${accountNumber++}`
  const email = `${login}@allowed.test`
  oidc.accounts.set(login, {
    sub: `sub-${login}`,
    email,
    email_verified: true,
    name: 'Grace',
    ...wishes,
  })
  return login
}

/** From the button to the login form of the provider. */
async function toForm(query = '', who = browser): Promise<string> {
  const { url, response } = await who.follow(`${HOME}/auth/oidc${query}`)
  expect(response?.status).toBe(200)
  return url
}

/** Fills the form in; answers the address of ours at which the browser comes back, not visited yet. */
async function fillIn(form: string, login: string, who = browser): Promise<string> {
  const posted = await who.ask(form, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ login }).toString(),
  })
  const next = new URL(posted.headers.get('location')!, form).href
  return (await who.follow(next, (url) => url.startsWith(HOME))).url
}

/** Visits an address of ours; answers where it leads. */
async function land(url: string, who = browser): Promise<string> {
  const response = await who.ask(url)
  expect(response.status).toBe(302)
  return response.headers.get('location')!
}

const signIn = async (login: string, query = '', who = browser): Promise<string> =>
  land(await fillIn(await toForm(query, who), login, who), who)

const problem = (code: string): string => `${HOME}/sign-in?problem=${code}`

describe('sign-in by an OpenID Connect issuer', () => {
  it('makes somebody of an allowed domain a member, and knows them again', async () => {
    const login = account()
    expect(await signIn(login, '?next=/monitors/1')).toBe(`${HOME}/monitors/1`)
    expect(await viewer()).toEqual({
      email: `${login}@allowed.test`,
      name: 'Grace',
      role: 'VIEWER',
    })
    const again = new Browser()
    expect(await signIn(login, '', again)).toBe(`${HOME}/`)
    expect(await viewer(again)).toEqual(await viewer())
  })

  it('knows an account by its subject, whatever e-mail it has by now', async () => {
    const login = account()
    await signIn(login)
    const before = await viewer()
    oidc.accounts.set(login, { ...oidc.accounts.get(login)!, email: 'other@allowed.test' })
    const again = new Browser()
    await signIn(login, '', again)
    expect(await viewer(again)).toEqual(before)
  })

  it('attaches an account to a person whose e-mail both sides have verified', async () => {
    expect(await signIn(account({ email: 'Ada@Allowed.test' }))).toBe(`${HOME}/`)
    expect(await viewer()).toMatchObject({ email: 'ada@allowed.test', role: 'OWNER' })
  })

  it.each([
    ['an e-mail that the provider has not verified', { email_verified: false }, 'email_unverified'],
    [
      'no e-mail',
      { email: undefined as never, email_verified: undefined as never },
      'email_unverified',
    ],
    ['another domain', { email: 'x@evil.test' }, 'domain_not_allowed'],
    ['a domain that ends with ours', { email: 'x@evilallowed.test' }, 'domain_not_allowed'],
    ['a domain that begins with ours', { email: 'x@allowed.test.evil.test' }, 'domain_not_allowed'],
    ['two @', { email: 'x@allowed.test@evil.test' }, 'domain_not_allowed'],
    ['a sign that looks alike', { email: 'x@аllowed.test' }, 'domain_not_allowed'],
  ])('refuses %s', async (_what, wishes, code) => {
    expect(await signIn(account(wishes))).toBe(problem(code))
    expect(await viewer()).toBeNull()
  })

  it('does not give a person away whose e-mail was never verified here', async () => {
    await app.database.worker.query(
      `insert into app_user (id, email, email_key, name, created_at, updated_at)
       values (gen_random_uuid(), 'eve@allowed.test', 'eve@allowed.test', 'Eve', now(), now())`,
    )
    expect(await signIn(account({ email: 'eve@allowed.test' }))).toBe(problem('account_exists'))
  })

  it('refuses who is suspended here', async () => {
    const login = account()
    await signIn(login)
    await app.database.worker.query('update app_user set suspended_at = now() where email = $1', [
      `${login}@allowed.test`,
    ])
    expect(await signIn(login, '', new Browser())).toBe(problem('no_account'))
  })

  it('says so when the provider refuses', async () => {
    expect(await signIn('nobody')).toBe(problem('provider_refused'))
  })

  it('says so when the provider is away', async () => {
    expect(await land(`${HOME}/auth/away`)).toBe(problem('unavailable'))
    const led = await land(`${HOME}/auth/away?next=/x`)
    expect(led).toBe(`${problem('unavailable')}&next=%2Fx`)
  })

  it('knows no other providers', async () => {
    for (const name of ['google', 'nobody', '..', 'callback', '%00'])
      expect((await browser.ask(`${HOME}/auth/${name}`)).status, name).toBe(404)
  })
})

describe('an attack on the way back', () => {
  it('with another state is refused', async () => {
    const back = new URL(await fillIn(await toForm(), account()))
    back.searchParams.set('state', 'A'.repeat(43))
    expect(await land(back.href)).toBe(problem('expired'))
    expect(await viewer()).toBeNull()
  })

  it('with the state of an attempt that another browser began is refused', async () => {
    const attacker = new Browser()
    const theirs = await fillIn(await toForm('', attacker), account(), attacker)
    await toForm()
    expect(await land(theirs)).toBe(problem('state_mismatch'))
    expect(await viewer()).toBeNull()
  })

  it('with a callback that was used before is refused', async () => {
    const back = await fillIn(await toForm(), account())
    await land(back)
    const second = await land(back)
    expect(second).toBe(problem('expired'))
  })

  it('with the code of one attempt in another is refused', async () => {
    const first = new URL(await fillIn(await toForm(), account()))
    const other = new Browser()
    const second = new URL(await fillIn(await toForm('', other), account(), other))
    second.searchParams.set('code', first.searchParams.get('code')!)
    expect(await land(second.href, other)).toBe(problem('provider_refused'))
  })

  it('with the callback of another provider is refused', async () => {
    github.account = { id: 1, login: 'x', name: null, emails: [] }
    const back = new URL(await fillIn(await toForm(), account()))
    expect(await land(`${HOME}/auth/github/callback${back.search}`)).toBe(problem('state_mismatch'))
  })

  it('with a code for another client (wrong audience) is refused', async () => {
    const { url: ours } = await browser.follow(`${HOME}/auth/oidc`, (at) =>
      at.startsWith(oidc.issuer),
    )
    const asked = new URL(ours)
    asked.searchParams.set('client_id', OTHER_CLIENT.clientId)
    const { url: form } = await browser.follow(asked.href)
    expect(await land(await fillIn(form, account()))).toBe(problem('provider_refused'))
    expect(await viewer()).toBeNull()
  })

  it('with another nonce is refused', async () => {
    const { url: ours } = await browser.follow(`${HOME}/auth/oidc`, (at) =>
      at.startsWith(oidc.issuer),
    )
    const asked = new URL(ours)
    asked.searchParams.set('nonce', 'x'.repeat(43))
    const { url: form } = await browser.follow(asked.href)
    expect(await land(await fillIn(form, account()))).toBe(problem('provider_refused'))
  })

  it.each([
    'https://evil.example',
    '//evil.example',
    '/\\evil.example',
    '/%09/evil.example',
    '/%5cevil.example',
    '/.//evil.example',
    'javascript:alert(1)',
    '%2f%2fevil.example',
  ])(
    'with next=%s leads nowhere else, neither after success nor after failure (Directus CVE-2026-22032)',
    async (next) => {
      const led = await signIn(account(), `?next=${next}`)
      expect(new URL(led).origin).toBe(HOME)
      const failed = await signIn('nobody', `?next=${next}`, new Browser())
      expect(new URL(failed).origin).toBe(HOME)
      expect(failed).not.toContain('evil.example/')
    },
  )

  it.each([
    '',
    '?state=x',
    '?code=y',
    '?state[]=x',
    `?state=${'x'.repeat(5000)}`,
    '?state=%00&code=%0d%0a',
  ])('with the bare callback %s ends on the sign-in page', async (query) => {
    expect(await land(`${HOME}/auth/oidc/callback${query}`)).toBe(problem('expired'))
  })
})

describe('sign-in by GitHub', () => {
  const octocat = (wishes: Partial<GithubServer['account']> = {}): void => {
    const emails = [
      { email: 'octo@old.test', primary: false, verified: true },
      { email: 'octo@allowed.test', primary: true, verified: true },
    ]
    github.account = { id: 583_231, login: 'octocat', name: 'Octo Cat', emails, ...wishes }
  }
  const viaGithub = async (query = '', who = browser): Promise<string> => {
    const { url } = await who.follow(`${HOME}/auth/github${query}`, (at) =>
      at.startsWith(`${HOME}/auth/github/callback`),
    )
    return land(url, who)
  }

  it('takes the verified primary e-mail', async () => {
    octocat()
    expect(await viaGithub('?next=/x')).toBe(`${HOME}/x`)
    expect(await viewer()).toEqual({ email: 'octo@allowed.test', name: 'Octo Cat', role: 'VIEWER' })
  })

  it('refuses one whose primary e-mail is not verified', async () => {
    octocat({ id: 2, emails: [{ email: 'octo2@allowed.test', primary: true, verified: false }] })
    expect(await viaGithub()).toBe(problem('email_unverified'))
  })

  it('says so when the person refuses at GitHub', async () => {
    expect(await viaGithub()).toBe(problem('provider_refused'))
  })

  it('is attached to who is signed in, listed, and not removed as the last way in', async () => {
    const login = account()
    await signIn(login)
    octocat({ id: 77, emails: [{ email: 'seven@allowed.test', primary: true, verified: true }] })
    const back = await viaGithub('?link=1&next=/account/security')
    expect(back).toBe(`${HOME}/account/security`)
    const { identities } = (await graphql(browser, '{ identities { id provider title } }')) as {
      identities: { id: string; provider: string; title: string }[]
    }
    expect(identities.map(({ provider, title }) => [provider, title])).toEqual([
      ['oidc', 'Single sign-on'],
      ['github', 'GitHub'],
    ])
    const remove = (id: string): Promise<Record<string, unknown>> =>
      graphql(
        browser,
        `mutation { removeIdentity(input: { id: "${id}" }) { identityId userErrors { code } } }`,
      )
    expect(await remove(identities[0]!.id)).toEqual({
      removeIdentity: { identityId: identities[0]!.id, userErrors: [] },
    })
    expect(await remove(identities[1]!.id)).toEqual({
      removeIdentity: { identityId: null, userErrors: [{ code: 'CONFLICT' }] },
    })
    expect(await remove(identities[0]!.id)).toMatchObject({
      removeIdentity: { userErrors: [{ code: 'NOT_FOUND' }] },
    })
  })

  it('that is somebody else’s is not attached', async () => {
    octocat()
    await viaGithub('', new Browser())
    await signIn(account())
    expect(await viaGithub('?link=1&next=/account/security')).toBe(
      `${HOME}/account/security?problem=account_exists`,
    )
  })

  it('is attached to nobody when nobody is signed in', async () => {
    expect(await land(`${HOME}/auth/github?link=1`)).toBe(`${HOME}/sign-in`)
  })
})
