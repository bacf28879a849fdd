import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestAccounts } from '../../../test/accounts.ts'
import { testDatabase } from '../../../test/database.ts'
import { makeEventPartitions } from '../../../test/event-partitions.ts'
import { HttpDoors } from '../../../test/http-doors.ts'
import type { Accounts } from '../../accounts/index.ts'
import type { Letter } from '../../accounts/mail/mailer.ts'
import type { Database } from '../../db/index.ts'
import { EventHub } from '../../events/index.ts'
import { systemActor } from '../../lib/actor.ts'
import { systemClock } from '../../lib/clock.ts'
import { silentLog } from '../../lib/log.ts'
import { SecretBox } from '../../lib/secret-box.ts'
import {
  furnishStatusPages,
  type PageSubscribers,
  type StatusPageRoom,
} from '../../status-pages/index.ts'
import type { StatusPageRoutes } from '../status-page-routes.ts'
import { openStatusDoors } from './open-status-doors.ts'

const CANARY = 'canary-7f3a'
const PASSWORD = 'open sesame, please'
const PNG = `data:image/png;base64,${Buffer.from('89504e470d0a1a0a00', 'hex').toString('base64')}`

let database: Database
let workspaceId: string
let accounts: Accounts
let hub: EventHub
let room: StatusPageRoom
let doors: HttpDoors
let subscribers: PageSubscribers
let stop: () => void
let mark: string
const letters: (Letter & { to: string })[] = []

/** The pages of HTML, in as few words as can be told apart. */
const html = (): StatusPageRoutes =>
  ({
    ...{ base: '/', publicUrl: undefined, webFolder: '/nowhere' },
    pages: {
      look: async (slug: string) => {
        const place = await room.access.find(slug)
        if (place?.visibility === 'password') return { sight: { kind: 'locked' } }
        return { sight: { kind: place && place.visibility !== 'members' ? 'page' : 'unknown' } }
      },
      password: (_visit: object, form: object) => Promise.resolve(JSON.stringify(form)),
      missing: () => Promise.resolve('missing'),
    },
  }) as unknown as StatusPageRoutes
let formTokenOf: (slug: string) => string

beforeAll(async () => {
  ;({ database, workspaceId } = await testDatabase())
  await makeEventPartitions(database)
  accounts = await openTestAccounts(database)
  hub = new EventHub({ database, clock: systemClock, log: silentLog })
  await hub.start()
  const secretBox = new SecretBox(Buffer.alloc(32, 7))
  room = furnishStatusPages({ database, hub, secretBox, clock: systemClock })
  mark = workspaceId.slice(-8)
  const send = (letter: Letter & { to: string }): Promise<void> => {
    letters.push(letter)
    return Promise.resolve()
  }
  await Promise.all(
    (['public', 'unlisted', 'password', 'members'] as const).map((visibility) =>
      room.service.create(systemActor(workspaceId), {
        ...{
          slug: `${visibility}-${mark}`,
          title: `${CANARY} ${visibility}`,
          visibility,
          logo: PNG,
        },
        ...(visibility === 'password' ? { password: PASSWORD } : {}),
        ...(visibility === 'unlisted' ? {} : { domain: `${visibility}-${mark}.example.com` }),
        description: `${CANARY} described`,
        sections: [
          { name: `${CANARY} section`, components: [{ name: `${CANARY} ${visibility} part` }] },
        ],
      }),
    ),
  )
  doors = await HttpDoors.open({
    statusDoors: async (front) => {
      const opened = await openStatusDoors({
        offersLetters: true,
        ...{ room, database, hub, workspaceIds: [workspaceId], front, secretBox, html: html() },
        ...{ authenticator: accounts.authenticator, mailer: { isConfigured: true, send } },
        ...{ clock: systemClock, log: silentLog },
      })
      stop = opened.stop
      formTokenOf = opened.statusPages!.formTokenOf!
      subscribers = opened.statusDoors.subscribers as PageSubscribers
      return opened.statusDoors
    },
    perMinute: { pages: 100_000, auth: 100_000 },
  })
})

afterAll(async () => {
  stop()
  await doors.close()
  await hub.stop()
  await accounts.revocations.stop()
})

const get = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${doors.url}${path}`, { redirect: 'manual', ...init })
const post = (path: string, fields: Record<string, string> = {}, headers = {}): Promise<Response> =>
  get(path, { method: 'POST', body: new URLSearchParams(fields), headers })

async function pathsOf(slug: string): Promise<string[]> {
  const place = await room.access.find(slug)
  const rows = (await database.worker.query('select id from component where page_id = $1', [
    place?.pageId ?? workspaceId,
  ])) as { id: string }[]
  const id = rows[0]?.id ?? 'zzzzzzzzzzzz'
  const beside = [
    ...['feed.atom', 'feed.rss', 'widget.json', 'widget.js', 'logo'],
    ...['summary', 'status', 'components', 'incidents', 'incidents/unresolved'].map(
      (name) => `api/v2/${name}.json`,
    ),
    ...['', '/upcoming', '/active'].map((name) => `api/v2/scheduled-maintenances${name}.json`),
  ]
  return [
    ...beside.map((door) => `/status/${slug}/${door}`),
    ...['svg', 'json'].flatMap((kind) => [
      `/badge/${slug}.${kind}`,
      `/badge/${slug}/${id}.${kind}`,
    ]),
  ]
}

describe('doors beside stored pages', () => {
  it.each(['public', 'unlisted'])('tell a %s page', async (visibility) => {
    for (const path of await pathsOf(`${visibility}-${mark}`)) {
      const answer = await get(path)
      expect(answer.status, path).toBe(200)
      expect(answer.headers.get('x-robots-tag')).toBe(
        visibility === 'unlisted' && !path.endsWith('logo') ? 'noindex' : null,
      )
    }
    const { components } = (await (
      await get(`/status/${visibility}-${mark}/api/v2/components.json`)
    ).json()) as { components: { name: string }[] }
    expect(components.map(({ name }) => name)).toEqual([
      ...[`${CANARY} section`, `${CANARY} ${visibility} part`],
    ])
  })

  it.each(['password', 'members'])('refuse a %s page as if there were none', async (visibility) => {
    const unknown = await pathsOf(`nobody-${mark}`)
    const paths = await pathsOf(`${visibility}-${mark}`)
    for (const [n, path] of paths.entries()) {
      const [answer, other] = [await get(path), await get(unknown[n]!)]
      const text = await answer.text()
      expect([answer.status, text]).toEqual([404, await other.text()])
      expect(text).not.toContain(CANARY)
      expect(JSON.stringify([...answer.headers])).not.toContain(CANARY)
    }
  })

  it('list public pages only', async () => {
    const sitemap = await (await get('/sitemap.xml')).text()
    expect(sitemap).toContain(`/status/public-${mark}<`)
    for (const hidden of ['unlisted', 'password', 'members'])
      expect(sitemap).not.toContain(`${hidden}-${mark}`)
  })

  it('forget a page within a second when it becomes private', async () => {
    const slug = `soon-${mark}`
    const actor = systemActor(workspaceId)
    const id = await room.service.create(actor, { slug, title: 'Soon private' })
    expect((await get(`/badge/${slug}.svg`)).status).toBe(200)
    await room.service.update(actor, { id, visibility: 'members' })
    await expect.poll(async () => (await get(`/badge/${slug}.svg`)).status).toBe(404)
    expect((await get(`/status/${slug}/feed.atom`)).status).toBe(404)
  })
})

describe('a form for a page’s password', () => {
  const locked = (): string => `password-${mark}`
  const unlock = (slug: string, fields: Record<string, string>, headers = {}): Promise<Response> =>
    post(`/status/${slug}/unlock`, { token: formTokenOf(slug), ...fields }, headers)

  it('leads to the page with what opens it, for that page alone', async () => {
    const answer = await unlock(locked(), { password: PASSWORD })
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/status/${locked()}`])
    const cookie = answer.headers.get('set-cookie')!
    expect(cookie).toMatch(
      /^allswell_page=v1\.[\w.-]+; Path=\/status\/password-\w+; HttpOnly; SameSite=Lax; Max-Age=43200$/,
    )
    const shown = { cookie: cookie.split(';')[0]! }
    expect((await get(`/status/${locked()}/logo`, { headers: shown })).status).toBe(200)
    expect((await get(`/status/members-${mark}/logo`, { headers: shown })).status).toBe(404)
    // The doors for everybody stay shut even so.
    expect((await get(`/status/${locked()}/feed.atom`, { headers: shown })).status).toBe(404)
  })

  it.each(['', 'wrong', 'x'.repeat(4_000), 'a\u0000b', '\uD800'])(
    'comes again for %j',
    async (password) => {
      const answer = await unlock(locked(), { password })
      expect([422, 429]).toContain(answer.status)
      expect(answer.headers.get('set-cookie')).toBeNull()
      expect(await answer.json()).toMatchObject({ formToken: formTokenOf(locked()) })
    },
  )

  it('is answered like any other unknown page where there is no such page for strangers', async () => {
    for (const slug of [`members-${mark}`, `nobody-${mark}`]) {
      const answer = await unlock(slug, { password: PASSWORD })
      expect([answer.status, await answer.text()]).toEqual([404, 'missing'])
      expect(answer.headers.get('set-cookie')).toBeNull()
    }
  })

  it('is not taken from other sites, nor without its token', async () => {
    const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expect((await unlock(locked(), { password: PASSWORD }, foreign)).status).toBe(403)
    expect((await unlock(locked(), { password: PASSWORD, token: 'x' })).status).toBe(403)
    expect(
      (await unlock(locked(), { password: PASSWORD, token: formTokenOf('other') })).status,
    ).toBe(403)
  })

  it('is only posted, and only as a form', async () => {
    const path = `/status/${locked()}/unlock`
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const answer = await get(path, { method })
      expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'POST'])
    }
    const headers = { 'content-type': 'application/json' }
    expect((await get(path, { method: 'POST', body: '{}', headers })).status).toBe(415)
    expect((await post(path, { password: 'x'.repeat(10_000) })).status).toBe(413)
  })
})

describe('hearing of a page by e-mail', () => {
  let person = 0
  const ask = async (slug: string, email: string): Promise<Response> => {
    const answer = await post(`/status/${slug}/subscribe`, { email })
    await subscribers.idle()
    return answer
  }
  const subscribed = async (email: string): Promise<unknown> =>
    database.worker.query(
      'select confirmed_at is not null as yes from page_subscriber where email = $1',
      [email],
    )
  const open = (): string => `public-${mark}`
  const links = (): { confirm: string; leave: string } => {
    const { text, headers } = letters.at(-1)!
    return {
      confirm: new URL(/https?:\S+confirm\?token=\S+/.exec(text)![0]).href,
      leave: headers!['List-Unsubscribe']!.slice(1, -1),
    }
  }

  it('needs a yes from one’s own mailbox, which a link alone does not give', async () => {
    const email = `p${person++}-${mark}@example.com`
    expect((await ask(open(), email)).status).toBe(200)
    expect(letters.at(-1)).toMatchObject({
      to: email,
      subject: `Hear of outages of ${CANARY} public`,
      headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    })
    const { confirm, leave } = links()
    // Programs look at links before people do.
    for (const link of [confirm, leave])
      for (const method of ['GET', 'HEAD']) expect((await fetch(link, { method })).status).toBe(200)
    expect(await subscribed(email)).toEqual([{ yes: false }])
    expect((await fetch(confirm, { method: 'POST', body: new URLSearchParams() })).status).toBe(200)
    expect(await subscribed(email)).toEqual([{ yes: true }])
    const before = letters.length
    await ask(open(), email)
    expect(letters).toHaveLength(before)
    // RFC 8058, as a form of either kind, without cookies and without a redirect.
    const oneClick = new FormData()
    oneClick.set('List-Unsubscribe', 'One-Click')
    const left = await fetch(leave, { method: 'POST', body: oneClick, redirect: 'manual' })
    expect([left.status, left.headers.get('set-cookie')]).toEqual([200, null])
    expect(await subscribed(email)).toEqual([])
    expect(
      (
        await post(new URL(leave).pathname + new URL(leave).search, {
          'List-Unsubscribe': 'One-Click',
        })
      ).status,
    ).toBe(200)
    expect((await fetch(confirm, { method: 'POST', body: new URLSearchParams() })).status).toBe(422)
  })

  it.each(['password', 'members', 'nobody'])(
    'does not begin at a page that is not for strangers: %s',
    async (kind) => {
      const before = letters.length
      const answer = await ask(`${kind}-${mark}`, `x-${mark}@example.com`)
      expect([answer.status, await answer.text()]).toEqual([
        404,
        await (await ask(`unknown-${mark}`, `x-${mark}@example.com`)).text(),
      ])
      expect(letters).toHaveLength(before)
    },
  )

  it.each([
    '',
    'nobody',
    'a@b@c',
    'a b@example.com',
    'a@example.com\r\nBcc: x@y.z',
    `${'x'.repeat(300)}@example.com`,
    '\u0000@example.com',
    '"><script>@example.com',
  ])('is not for %j', async (email) => {
    const before = letters.length
    const answer = await ask(open(), email)
    const text = await answer.text()
    expect([answer.status, text.includes('role="alert"')]).toEqual([422, true])
    expect(text).not.toContain('<script')
    expect(letters).toHaveLength(before)
  })

  it.each([
    '',
    'x',
    `${'0'.repeat(8)}-0000-0000-0000-${'0'.repeat(12)}.${'a'.repeat(43)}`,
    '%00',
    'a'.repeat(4_000),
  ])('has no link %j', async (token) => {
    for (const door of ['subscribe/confirm', 'unsubscribe']) {
      const answer = await post(`/status/${open()}/${door}?token=${token}&token=${token}`)
      expect(answer.status).toBe(422)
      expect((await post(`/status/${open()}/${door}?token=${token}`)).status).toBe(422)
    }
  })

  it('sends few letters to one address, and none from other sites', async () => {
    const email = `many-${mark}@example.com`
    const statuses: number[] = []
    for (let n = 0; n < 4; n++) statuses.push((await ask(open(), email)).status)
    expect(statuses).toEqual([200, 200, 200, 429])
    const foreign = { 'sec-fetch-site': 'cross-site' }
    expect((await post(`/status/${open()}/subscribe`, { email }, foreign)).status).toBe(403)
  })

  it('shows its own errors, never one of the server', () => {
    expect(doors.log.filter(({ level }) => level === 'error')).toEqual([])
  })
})
