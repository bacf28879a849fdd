import 'reflect-metadata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readContract } from '../../src/graphql/print-contract.ts'
import { newId } from '../../src/lib/ids.ts'
import { BEARER_KINDS } from './argument-ids.ts'
import { ask, comparable, outcomeOf } from './asking.ts'
import { AuthorisationTable } from './authorisation-table.ts'
import { CanaryWorld } from './canary-world.ts'
import { contractRows } from './contract-rows.ts'
import { operationOf } from './operations.ts'
import { type Asker, newAsker } from './world-actors.ts'

const SECRET = 'CANARY-SECRET-4711'
const EXPANDED = 'CANARY-ENVIRONMENT-4712'

let world: CanaryWorld
let owner: Asker

beforeAll(async () => {
  process.env['ALLSWELL_TEST_CANARY'] = EXPANDED
  world = await CanaryWorld.open()
  owner = await newAsker(world, 'owner')
})
afterAll(async () => {
  delete process.env['ALLSWELL_TEST_CANARY']
  await world.close()
})

const say = async (
  query: string,
  variables: Record<string, unknown> = {},
  headers: Record<string, string> = owner.headers,
): Promise<{ outcome: string; text: string; status: number }> => {
  const answer = await ask(world, headers, { query, variables })
  return { ...answer, outcome: outcomeOf(answer) }
}

const CREATE = `mutation ($input: CreateMonitorInput!) {
  createMonitor(input: $input) { monitor { id } userErrors { path code message } } }`

describe('advisories 12 and 33 (OneUptime CVE-2026-30959, Roxy-WI CVE-2026-45550)', () => {
  it('no change of anything works on the id of another: every sibling has the same guard', () => {
    const contract = readContract(world.app.contract)
    const isKey = new Set(
      contractRows(contract)
        .filter(({ ids }) => ids.some((id) => BEARER_KINDS.includes(id)))
        .map(({ place }) => place),
    )
    const lines = new AuthorisationTable('authorisation.txt', []).read()
    const others = lines.filter(
      ({ place, ids }) =>
        place.startsWith('Mutation.') && ids.startsWith('other') && !isKey.has(place),
    )
    expect(others.length).toBeGreaterThan(10)
    // A page that is there, and one that is not: the same words for every password.
    const isSameAnswer = ({ place }: { place: string }): boolean =>
      place === 'Mutation.unlockStatusPage'
    const refused = ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND']
    const allowed = others.filter((line) =>
      Object.values(line.cells).some(
        (cell) => !refused.includes(cell) && !(cell === 'INVALID' && isSameAnswer(line)),
      ),
    )
    expect(allowed).toEqual([])
  })

  it('the audit log is read by admins of its workspace alone', async () => {
    const query = '{ auditLog(first: 50) { nodes { actorName targetName } totalCount } }'
    for (const kind of ['anonymous', 'viewer', 'editor', 'suspended', 'read-only'] as const)
      expect((await say(query, {}, (await newAsker(world, kind)).headers)).outcome).not.toBe('ok')
    const { text } = await say(query)
    expect(text).toContain(world.ours.canary)
    expect(text).not.toContain(world.theirs.canary)
  })
})

describe('advisory 13 (OneUptime CVE-2026-30956)', () => {
  const NAMES = [
    ...['tenantid', 'x-tenant-id', 'tenant-id', 'projectid', 'x-project-id', 'x-workspace-id'],
    ...['workspace', 'x-workspace', 'x-allswell-workspace', 'allswell-workspace-id', 'x-org-id'],
    ...[
      'is-multi-tenant-query',
      'x-multi-tenant',
      'x-admin',
      'x-role',
      'x-hasura-role',
      'x-user-id',
    ],
    ...[
      'x-hasura-admin-secret',
      'x-original-user',
      'x-forwarded-user',
      'x-remote-user',
      'remote-user',
    ],
    ...['x-authenticated-user', 'x-auth-user', 'x-impersonate', 'x-sudo', 'x-http-method-override'],
    ...['x-original-url', 'x-rewrite-url', 'impersonate-user'],
  ]

  it('30 headers that promise another workspace or role change no byte of an answer', async () => {
    expect(NAMES).toHaveLength(30)
    const query = '{ viewer { id role } workspace { id } monitors { totalCount nodes { id } } }'
    const plain = comparable(await say(query), [])
    for (const name of NAMES)
      for (const value of [world.theirs.id, 'true', 'admin']) {
        const answer = await say(query, {}, { ...owner.headers, [name]: value })
        expect(comparable(answer, []), `${name}: ${value}`).toBe(plain)
      }
  })
})

describe('advisory 14 (Cachet CVE-2021-39165)', () => {
  const TEXTS = [
    `'`,
    `' or '1'='1`,
    `'; drop table monitor; --`,
    `%' or 1=1 --`,
    `\\`,
    `') union select 1 --`,
    '%',
    '_',
    `$1`,
    '\u0000',
  ]

  it.each(TEXTS)('the search for %j is a search, nothing else', async (text) => {
    const search = '{ monitors(filter: { search: $text }) { totalCount nodes { name } } }'
    const monitors = await say(`query ($text: String!) ${search}`, { text })
    expect(monitors.status).toBeLessThan(500)
    expect(monitors.text).not.toContain(world.theirs.canary)
    // A NUL is left out, as everywhere in texts of monitors, and so nothing is searched for.
    if (monitors.outcome === 'ok' && text !== '\u0000')
      expect(monitors.text).toContain('"totalCount":0')
    const query = `query ($text: String!) { auditLog(filter: { search: $text, actions: [$text] }) { totalCount nodes { targetName } } }`
    const audit = await say(query, { text })
    expect(audit.status).toBeLessThan(500)
    expect(audit.text).not.toContain(world.theirs.canary)
  })

  it.each(TEXTS)('%j as a cursor, an id or a kind is none', async (text) => {
    for (const field of [
      'monitors(after: $text)',
      'auditLog(after: $text)',
      'monitors(filter: { kinds: [$text] })',
    ]) {
      const { status, text: answer } = await say(
        `query ($text: String!) { ${field} { totalCount } }`,
        { text },
      )
      expect(status, field).toBeLessThan(500)
      expect(answer, field).not.toContain('INTERNAL')
    }
    const { outcome } = await say('query ($text: ID!) { monitor(id: $text) { id } }', { text })
    expect(outcome).toBe('NOT_FOUND')
  })
})

describe('advisory 15 (Cachet CVE-2021-39172)', () => {
  it.each(['a\r\nb', 'a\nb', 'a\u0000b'])('%j gets into no header and no name', async (text) => {
    const header = { http: { url: 'http://127.0.0.1:1/', headers: [{ name: 'x', value: text }] } }
    expect((await say(CREATE, { input: { name: 'x', settings: header } })).outcome).toBe('INVALID')
    for (const input of [
      'updateWorkspace(input: { name: $text })',
      'createWorkspace(input: { name: $text })',
      'updateProfile(input: { name: $text })',
    ]) {
      const { outcome } = await say(
        `mutation ($text: String!) { ${input} { userErrors { code } } }`,
        { text },
      )
      expect(outcome, input).toBe('INVALID')
    }
  })
})

describe('advisory 16 (Cachet CVE-2021-39173)', () => {
  it('whoever asks, and however often: set-up is over', async () => {
    const input = {
      name: 'Eve',
      email: 'eve@example.com',
      password: 'purple window tractor',
      workspaceName: 'Evil',
    }
    const query =
      'mutation ($input: SetUpInput!) { setUp(input: $input) { userErrors { code } viewer { id } } }'
    const many = await Promise.all(Array.from({ length: 50 }, () => say(query, { input }, {})))
    expect(new Set(many.map(({ outcome }) => outcome))).toEqual(new Set(['NOT_FOUND']))
    expect((await say(query, { input })).outcome).toBe('NOT_FOUND')
    expect(await world.sql(`select 1 from app_user where email_key = 'eve@example.com'`)).toEqual(
      [],
    )
  })
})

describe('advisory 17 (Cachet CVE-2021-39174)', () => {
  it.each([
    '${ALLSWELL_TEST_CANARY}',
    '$ALLSWELL_TEST_CANARY',
    '{{ALLSWELL_TEST_CANARY}}',
    '%ALLSWELL_TEST_CANARY%',
    '<%= process.env.ALLSWELL_TEST_CANARY %>',
  ])('%j is kept as it is written', async (text) => {
    const settings = {
      http: {
        url: 'http://127.0.0.1:1/',
        body: text,
        bodyType: 'TEXT',
        method: 'POST',
        authentication: 'BASIC',
        username: text,
        password: 'x',
      },
    }
    const created = await say(CREATE, { input: { name: text, settings } })
    expect(created.outcome).toBe('ok')
    const id = /"id":"([^"]+)"/.exec(created.text)![1]!
    const { text: answer } = await everythingOf(id)
    expect(answer).toContain(JSON.stringify(text))
    expect(answer).not.toContain(EXPANDED)
  })
})

/** All that the contract tells of a monitor. */
function everythingOf(id: string): ReturnType<typeof say> {
  const schema = readContract(world.app.contract)
  const row = contractRows(schema).find(({ place }) => place === 'Query.monitor')!
  const { query, variables } = operationOf(schema, row, () => id)
  return say(query, variables)
}

describe('advisory 22 (Directus CVE-2026-35441)', () => {
  it('1,000 names for one field are refused before anything is done', async () => {
    const fields = (field: string): string =>
      Array.from({ length: 1_000 }, (_, n) => `a${n}: ${field}`).join(' ')
    for (const query of [
      `{ ${fields('__typename')} }`,
      `{ ${fields('viewer { id }')} }`,
      `mutation { ${fields('signOut { isSignedOut }')} }`,
    ])
      expect(['LIMIT', 'GRAPHQL_PARSE_FAILED', 'INVALID']).toContain((await say(query)).outcome)
    expect((await say('{ viewer { id } }')).outcome).toBe('ok')
  })
})

describe('advisory 31 (ShellHub CVE-2026-44426)', () => {
  it('a token that no person stands behind acts in its own workspace and in no other', async () => {
    const { secret } = await world.token(world.theirs, { role: 'owner' })
    const headers = { authorization: `Bearer ${secret}` }
    const query = '{ monitors { nodes { name } } workspace { id } }'
    const own = await say(query, {}, headers)
    expect(own.text).toContain(world.theirs.id)
    expect(own.text).not.toContain(world.ours.canary)
    for (const workspace of [world.ours.id, newId()]) {
      const answer = await say(query, {}, { ...headers, 'allswell-workspace': workspace })
      expect(answer.outcome).toBe('NOT_FOUND')
      expect(answer.text).not.toContain(world.ours.canary)
    }
  })
})

describe('advisory 34 (UptimeFlare CVE-2026-29779)', () => {
  it('what a monitor knows of passwords leaves the server by no field, no event and no audit entry', async () => {
    const secrets = {
      password: SECRET,
      bearerToken: SECRET,
      proxyPassword: SECRET,
      oauthClientSecret: SECRET,
      secretHeaders: `x-key: ${SECRET}`,
    }
    const settings = { http: { url: 'http://127.0.0.1:1/', ...secrets } }
    const created = await say(CREATE, { input: { name: 'With secrets', settings } })
    expect(created.outcome).toBe('ok')
    const id = /"id":"([^"]+)"/.exec(created.text)![1]!
    const told = await everythingOf(id)
    expect(told.outcome).toBe('ok')
    const { text: audit } = await say(
      '{ auditLog(first: 100) { nodes { action before after targetName } } }',
    )
    const { text: events } = await say('{ eventsSince { events { id } } }')
    for (const answer of [created.text, told.text, audit, events])
      expect(answer).not.toContain(SECRET)
  })

  it('nor do what people sign in with and what tokens are made of', async () => {
    const members = await say(
      '{ members { name email } apiTokens { name prefix } sessions { id device } viewer { email } }',
    )
    expect(members.outcome).toBe('ok')
    const [token] = await world.sql<{ secret: string }>(
      `select encode(secret_hash, 'hex') as secret from api_token limit 1`,
    )
    expect(members.text).not.toContain(token!.secret)
    expect(members.text).not.toMatch(/argon2|\$argon|secret_hash|totp_secret/)
  })
})
