import 'reflect-metadata'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { hashPassword } from '../../src/accounts/users/password.ts'
import { ask, outcomeOf } from './asking.ts'
import { CanaryWorld } from './canary-world.ts'
import { Witness, type WitnessWishes } from './witness.ts'
import { type Asker, newAsker } from './world-actors.ts'

const PASSWORD = 'purple window tractor 7'
const NEXT = 'green ladder orbit 8'
let world: CanaryWorld
let admin: Asker
const witnesses: Witness[] = []

beforeAll(async () => {
  world = await CanaryWorld.open()
  admin = await newAsker(world, 'admin')
})
afterEach(() => witnesses.splice(0).forEach((one) => one.leave()))
afterAll(() => world.close())

function enter(wishes: WitnessWishes = {}): Witness {
  const one = new Witness(world, wishes)
  witnesses.push(one)
  return one
}

/** Somebody who listens already. */
async function listening(wishes: WitnessWishes): Promise<Witness> {
  const one = enter(wishes)
  expect(await one.entrance()).toBe('ack')
  one.subscribe()
  expect(await one.answer()).toBe('next')
  return one
}

const say = async (
  headers: Record<string, string>,
  query: string,
  variables = {},
): Promise<string> => outcomeOf(await ask(world, headers, { query, variables }))
const act = (mutation: string): string => `mutation { ${mutation} { userErrors { code } } }`
const VIEWER = '{ viewer { id } }'

async function anotherSession({ userId }: Asker): Promise<Record<string, string>> {
  const { secret } = await world.session(userId, 'Firefox')
  return { cookie: `allswell_session=${secret}` }
}

describe('advisories 4 and 5 (Kuma GHSA-g9v2-wqcj-j99g, GHSA-88j4-pcx8-q4q3)', () => {
  it('a changed password ends every other session and its sockets within a second', async () => {
    const editor = await newAsker(world, 'editor')
    await world.sql('update app_user set password_hash = $2 where id = $1', [
      editor.userId,
      await hashPassword(PASSWORD),
    ])
    const other = await anotherSession(editor)
    const socket = await listening({ headers: other })
    const change = act(
      `changePassword(input: { currentPassword: "${PASSWORD}", newPassword: "${NEXT}" })`,
    )
    expect(await say(editor.headers, change)).toBe('ok')
    expect(await socket.closing()).toBe(4403)
    expect(await say(other, VIEWER)).toBe('null')
  })

  it('signing out ends the session and its sockets within a second', async () => {
    const editor = await newAsker(world, 'editor')
    const socket = await listening(editor)
    expect(await say(editor.headers, act('signOut'))).toBe('ok')
    expect(await socket.closing()).toBe(4403)
    expect(await say(editor.headers, VIEWER)).toBe('null')
  })
})

describe('advisory 6 (Kuma GHSA-mj22-23ff-2hrr)', () => {
  it.each(['https://evil.example', 'null', 'http://127.0.0.1.evil.example', 'file://'])(
    'a page of %s opens no socket, whatever cookie the browser adds',
    async (origin) => {
      const { headers } = admin
      expect(await enter({ headers: { ...headers, origin } }).entrance()).toBe(403)
    },
  )
})

describe('advisory 18 (Directus GHSA-849r-qrwj-8rv4)', () => {
  it.each([[undefined], [null], [{}], [{ workspace: 'x' }]])(
    'who says %j of themselves is a visitor, and never more',
    async (payload) => {
      const socket = enter({ payload })
      const entrance = await socket.entrance()
      if (entrance !== 'ack') return expect(entrance).toBeGreaterThanOrEqual(4400)
      socket.subscribe()
      expect(await socket.answer()).toBe('UNAUTHENTICATED')
    },
  )
})

describe('advisory 19 (Directus GHSA-97xr-jchp-xm3c)', () => {
  it.each([
    null,
    '',
    'Bearer x',
    'Bearer null',
    `Bearer aw_${'0'.repeat(46)}`,
    12,
    { a: 1 },
    'Bearer a.b.c',
  ])(
    'a bad credential, %j, closes the socket; it never goes on as nobody or by the cookie',
    async (authorization) => {
      const socket = enter({ headers: admin.headers, payload: { authorization } })
      expect(await socket.entrance()).toBe(4403)
    },
  )

  it('nor does the workspace of somebody else', async () => {
    const socket = enter({ headers: admin.headers, payload: { workspace: world.theirs.id } })
    expect(await socket.entrance()).not.toBe('ack')
  })
})

describe('advisory 20 (Directus GHSA-56p6-qw3c-fq2g)', () => {
  it('who is suspended is shut out everywhere within a second, their tokens too', async () => {
    const editor = await newAsker(world, 'editor')
    const token = await world.token(world.ours, { role: 'editor', userId: editor.userId })
    const authorization = `Bearer ${token.secret}`
    const [socket, ofToken] = [
      await listening(editor),
      await listening({ payload: { authorization } }),
    ]
    const suspend = act(`suspendMember(input: { userId: "${editor.userId}" })`)
    expect(await say(admin.headers, suspend)).toBe('ok')
    expect(await socket.closing()).toBe(4403)
    expect(await ofToken.closing()).toBe(4403)
    expect(await say(editor.headers, '{ monitors { totalCount } }')).toBe('NOT_FOUND')
    expect(await say({ authorization }, VIEWER)).toBe('UNAUTHENTICATED')
  })

  it('and so is everybody whose account is suspended on the server', async () => {
    const editor = await newAsker(world, 'editor')
    const socket = await listening(editor)
    const [{ email } = { email: '' }] = await world.sql<{ email: string }>(
      'select email from app_user where id = $1',
      [editor.userId],
    )
    const { admin: userAdmin } = world.app.accounts
    await userAdmin.suspend(await userAdmin.find(email))
    expect(await socket.closing()).toBe(4403)
    expect(await say(editor.headers, VIEWER)).toBe('null')
  })
})

describe('advisory 24 (Directus CVE-2023-45820)', () => {
  it.each([
    '',
    '{',
    'null',
    '[]',
    '12',
    '"x"',
    '{"type":12}',
    '{"type":"subscribe","id":1}',
    '\u0000'.repeat(100),
  ])('the frame %j ends one socket, never the server', async (frame) => {
    const socket = enter({ headers: admin.headers })
    await socket.entrance()
    socket.send(frame)
    expect(await socket.closing()).toBeGreaterThanOrEqual(1000)
    expect(await say(admin.headers, VIEWER)).toBe('ok')
  })
})

describe('advisory 27 (Mercurius GHSA-m4h2-mjfm-mp55)', () => {
  it('the limits of operations hold on sockets too', async () => {
    const socket = enter({ headers: admin.headers })
    await socket.entrance()
    const names = (count: number): string =>
      Array.from({ length: count }, (_, n) => `a${n}: __typename`).join(' ')
    for (const [id, count, code] of [
      ['thousand', 1_000, 'GRAPHQL_PARSE_FAILED'],
      ['hundred', 100, 'LIMIT'],
    ] as const) {
      socket.subscribe(id, `subscription { events { ${names(count)} } }`)
      expect(await socket.answer(id)).toBe(code)
    }
    socket.subscribe('query', '{ monitors { totalCount } }')
    expect(await socket.answer('query')).not.toBe('next')
  })
})

describe('advisory 28 (Strawberry CVE-2026-35526)', () => {
  it('the 21st subscription of a socket is refused', async () => {
    const socket = enter({ headers: admin.headers })
    await socket.entrance()
    for (let n = 1; n <= 21; n++) socket.subscribe(`s${n}`)
    expect(await socket.answer('s20')).toBe('next')
    expect(await socket.answer('s21')).toBe('LIMIT')
  })
})

describe('advisory 30 (open-webui CVE-2026-44553, -44564)', () => {
  it('who lost a role loses its sockets, and the next change is refused', async () => {
    const editor = await newAsker(world, 'editor')
    const socket = await listening(editor)
    const id = await world.object('monitor', world.ours, editor.userId)
    const pause = `mutation { pauseMonitors(input: { ids: ["${id}"] }) { userErrors { code } } }`
    expect(await say(editor.headers, pause)).toBe('ok')
    const demote = act(`changeMemberRole(input: { userId: "${editor.userId}", role: VIEWER })`)
    expect(await say(admin.headers, demote)).toBe('ok')
    expect(await say(editor.headers, pause)).toBe('FORBIDDEN')
    expect(await socket.closing()).toBe(4403)
  })
})
