import 'reflect-metadata'
import { WebSocket } from 'ws'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { EventReader } from '../event-reader.ts'
import { ask, newAddress } from './asking.ts'
import { CanaryWorld } from './canary-world.ts'
import { type Asker, newAsker } from './world-actors.ts'

const PASSWORD = 'correct horse battery'
const PAGE = `subscription ($slug: String!, $access: String, $after: Cursor) {
  statusPage(slug: $slug, access: $access, after: $after) {
    cursor resync page { slug title status liveCursor sections { components { id name status } } outages { id } }
  }
}`

let world: CanaryWorld
let editor: Asker
const visitors: Visitor[] = []

beforeAll(async () => {
  world = await CanaryWorld.open()
  editor = await newAsker(world, 'editor')
})
afterEach(() => visitors.splice(0).forEach((one) => one.leave()))
afterAll(() => world.close())

interface Told {
  cursor: string
  resync: boolean
  page: {
    title: string
    status: string
    liveCursor: string
    sections: { components: { id: string; status: string }[] }[]
  }
}

/** Somebody who has a page open. */
class Visitor {
  readonly told: Told[] = []
  readonly errors: string[] = []
  isComplete = false
  private readonly socket: WebSocket

  constructor(variables: object, headers: Record<string, string> = {}, query = PAGE) {
    const url = `ws://127.0.0.1:${world.app.port}/graphql`
    const more = { 'x-forwarded-for': newAddress(), ...headers }
    this.socket = new WebSocket(url, ['graphql-transport-ws'], { headers: more })
    const send = (message: object): void => this.socket.send(JSON.stringify(message))
    this.socket.on('open', () => send({ type: 'connection_init' }))
    this.socket.on('message', (data: Buffer) => {
      const { type, payload } = JSON.parse(data.toString()) as { type: string; payload: never }
      if (type === 'connection_ack')
        send({ id: '1', type: 'subscribe', payload: { query, variables } })
      if (type === 'next') this.hear(payload)
      if (type === 'error') this.refused(payload)
      if (type === 'complete' || type === 'error') this.isComplete = true
    })
    visitors.push(this)
  }

  private hear({ data, errors }: { data?: { statusPage: Told } | null; errors?: Refusal[] }): void {
    if (data) this.told.push(data.statusPage)
    if (errors) this.refused(errors)
  }

  private refused(errors: Refusal[]): void {
    this.errors.push(...errors.map(({ extensions }) => extensions?.code ?? 'none'))
  }

  async until(isSo: () => boolean, what: string): Promise<void> {
    await until(isSo, `${what}: ${JSON.stringify([this.told.at(-1), this.errors])}`)
  }

  async first(): Promise<Told> {
    await this.until(() => this.told.length > 0, 'the page')
    return this.told[0]!
  }

  leave(): void {
    this.socket.terminate()
  }
}

interface Refusal {
  extensions?: { code?: string }
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  const latest = performance.now() + 5_000
  while (!isSo()) {
    if (performance.now() > latest) throw new Error(`Not in time: ${what}`)
    await new Promise((done) => setTimeout(done, 5))
  }
}

async function graphql<T>(query: string, variables: object, who = editor.headers): Promise<T> {
  const { text } = await ask(world, who, { query, variables: variables as never })
  const { data, errors } = JSON.parse(text) as { data: T; errors?: unknown }
  if (errors) throw new Error(text)
  return data
}

interface Made {
  id: string
  slug: string
  componentId: string
  monitorId: string
}

let count = 0
async function makePage(wish: object = {}): Promise<Made> {
  const slug = `live-${count++}-${Math.random().toString(36).slice(2, 8)}`
  const monitorId = await world.object('monitor', world.ours, world.ours.ownerId)
  const components = [{ name: 'Website', monitorIds: [monitorId] }, { name: 'By hand' }]
  const input = { slug, title: 'Acme', sections: [{ name: 'A', components }], ...wish }
  const { createStatusPage: made } = await graphql<{
    createStatusPage: {
      statusPage: { id: string; sections: { components: { id: string }[] }[] } | null
      userErrors: object[]
    }
  }>(
    `
      mutation ($input: CreateStatusPageInput!) {
        createStatusPage(input: $input) {
          statusPage {
            id
            sections {
              components {
                id
              }
            }
          }
          userErrors {
            path
          }
        }
      }
    `,
    { input },
  )
  if (!made.statusPage) throw new Error(JSON.stringify(made.userErrors))
  const { id, sections } = made.statusPage
  return { id, slug, monitorId, componentId: sections[0]!.components[1]!.id }
}

async function update(input: object): Promise<void> {
  const { updateStatusPage } = await graphql<{ updateStatusPage: { userErrors: object[] } }>(
    `
      mutation ($input: UpdateStatusPageInput!) {
        updateStatusPage(input: $input) {
          userErrors {
            path
          }
        }
      }
    `,
    { input },
  )
  expect(updateStatusPage.userErrors).toEqual([])
}

const set = (id: string, status: string): Promise<unknown> =>
  graphql(
    `
      mutation ($id: ID!, $status: ComponentStatus) {
        setComponentStatus(input: { id: $id, status: $status }) {
          userErrors {
            path
          }
        }
      }
    `,
    { id, status },
  )

const unlock = async (slug: string, password = PASSWORD): Promise<string | null> =>
  (
    await graphql<{ unlockStatusPage: { access: string | null } }>(
      'mutation ($input: UnlockStatusPageInput!) { unlockStatusPage(input: $input) { access } }',
      { input: { slug, password } },
      {},
    )
  ).unlockStatusPage.access

describe('a status page that somebody has open', () => {
  it('is told whole at once, also to a stranger, and again within two seconds of a change', async () => {
    const { slug, componentId } = await makePage()
    const visitor = new Visitor({ slug })
    expect(await visitor.first()).toMatchObject({ resync: false, page: { title: 'Acme' } })
    const began = performance.now()
    await set(componentId, 'MAJOR_OUTAGE')
    const isDown = (): boolean =>
      visitor.told.at(-1)!.page.sections[0]!.components[1]!.status === 'MAJOR_OUTAGE'
    await visitor.until(isDown, 'the outage')
    expect(performance.now() - began).toBeLessThan(2_000)
  })

  it('shows that one of its monitors changes', async () => {
    const { slug, monitorId } = await makePage()
    const visitor = new Visitor({ slug })
    await visitor.first()
    await graphql(
      'mutation ($ids: [ID!]!) { pauseMonitors(input: { ids: $ids }) { userErrors { path } } }',
      { ids: [monitorId] },
    )
    const before = visitor.told.length
    await graphql(
      'mutation ($ids: [ID!]!) { resumeMonitors(input: { ids: $ids }) { userErrors { path } } }',
      { ids: [monitorId] },
    )
    await visitor.until(() => visitor.told.length > before, 'another message')
  })

  it('is told at most once a second, however often it changes', async () => {
    const { slug, componentId } = await makePage()
    const visitor = new Visitor({ slug })
    await visitor.first()
    const began = performance.now()
    for (const n of Array(12).keys()) await set(componentId, n % 2 ? 'DEGRADED' : 'MAINTENANCE')
    await set(componentId, 'PARTIAL_OUTAGE')
    const isLast = (): boolean =>
      visitor.told.at(-1)!.page.sections[0]!.components[1]!.status === 'PARTIAL_OUTAGE'
    await visitor.until(isLast, 'the last state')
    expect(visitor.told.length - 1).toBeLessThanOrEqual((performance.now() - began) / 1_000 + 2)
  })

  it('comes as server-sent events too, to a stranger', async () => {
    const { slug, componentId } = await makePage()
    const reader = new EventReader(world.app.port, '/graphql/stream', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-allswell': '1' },
      body: JSON.stringify({ query: PAGE, variables: { slug } }),
    })
    await reader.heard(1)
    await set(componentId, 'DEGRADED')
    await reader.until(() => reader.events.some(({ data }) => /DEGRADED/.test(data)), 'a change')
    expect(reader.events[0]!.id).toMatch(/^[\w-]{42}$/)
    reader.close()
  })

  it('goes on from the cursor of the page that was rendered', async () => {
    const { slug, componentId } = await makePage()
    const query = 'query ($slug: String!) { publicStatusPage(slug: $slug) { liveCursor } }'
    const { publicStatusPage } = await graphql<{ publicStatusPage: { liveCursor: string } }>(
      query,
      { slug },
      {},
    )
    await set(componentId, 'MAINTENANCE')
    const visitor = new Visitor({ slug, after: publicStatusPage.liveCursor })
    const [, byHand] = (await visitor.first()).page.sections[0]!.components
    expect(byHand!.status).toBe('MAINTENANCE')
  })
})

describe('a status page that not everybody may see', () => {
  it('ends for strangers when it becomes private', async () => {
    const { id, slug } = await makePage()
    const visitor = new Visitor({ slug })
    await visitor.first()
    await update({ id, visibility: 'MEMBERS' })
    await visitor.until(() => visitor.isComplete, 'the end')
    expect(visitor.errors).toEqual(['NOT_FOUND'])
    const late = new Visitor({ slug })
    await late.until(() => late.isComplete, 'the refusal')
    expect([late.errors, late.told]).toEqual([['NOT_FOUND'], []])
  })

  it('ends for those who knew an old password, and goes on for members', async () => {
    const { id, slug } = await makePage({ visibility: 'PASSWORD', password: PASSWORD })
    const stranger = new Visitor({ slug })
    await stranger.until(() => stranger.isComplete, 'the refusal')
    expect(stranger.errors).toEqual(['UNAUTHENTICATED'])
    expect(await unlock(slug, 'wrong horse battery')).toBeNull()
    const guest = new Visitor({ slug, access: await unlock(slug) })
    const member = new Visitor({ slug }, editor.headers)
    await Promise.all([guest.first(), member.first()])
    await update({ id, password: 'another horse battery', title: 'Changed' })
    await guest.until(() => guest.isComplete, 'the end')
    expect(guest.errors).toEqual(['UNAUTHENTICATED'])
    expect(guest.told.at(-1)!.page.title).toBe('Acme')
    await member.until(() => member.told.at(-1)!.page.title === 'Changed', 'the change')
    expect(await unlock(slug)).toBeNull()
  })

  it('is not followed along with somebody else’s right', async () => {
    const { slug } = await makePage({ visibility: 'MEMBERS' })
    const member = new Visitor({ slug }, editor.headers)
    await member.first()
    const foreign = new Visitor({ slug }, (await newAsker(world, 'foreign')).headers)
    await foreign.until(() => foreign.isComplete, 'the refusal')
    expect([foreign.errors, foreign.told]).toEqual([['NOT_FOUND'], []])
  })

  it('ends when it is deleted', async () => {
    const { id, slug } = await makePage()
    const visitor = new Visitor({ slug })
    await visitor.first()
    await graphql(
      'mutation ($ids: [ID!]!) { deleteStatusPages(input: { ids: $ids }) { userErrors { path } } }',
      { ids: [id] },
    )
    await visitor.until(() => visitor.isComplete, 'the end')
    expect(visitor.errors).toEqual(['NOT_FOUND'])
  })

  it.each(['', '\0', '../x', 'Ä', 'a\r\nb', 'x'.repeat(4_096)])(
    'is not found by the odd name %j, nor by odd access',
    async (slug) => {
      const visitor = new Visitor({ slug, access: slug })
      await visitor.until(() => visitor.isComplete, 'the refusal')
      expect(visitor.errors).toEqual(['NOT_FOUND'])
      expect(await unlock(slug, 'x'.repeat(300))).toBeNull()
      expect(world.faults).toEqual([])
    },
  )

  it('takes no cursor that is none of its own', async () => {
    const { slug } = await makePage()
    for (const after of ['', '\0', 'x'.repeat(42)]) {
      const visitor = new Visitor({ slug, after })
      await visitor.until(() => visitor.isComplete, 'the refusal')
      expect(visitor.errors).toEqual(['INVALID'])
    }
  })
})

describe('what visitors see', () => {
  it('holds no canary of the monitors behind it', async () => {
    const { slug } = await makePage()
    const visitor = new Visitor({ slug })
    expect(JSON.stringify(await visitor.first())).not.toContain(world.ours.canary)
    const { text } = await ask(
      world,
      {},
      {
        query: `query ($slug: String!) { publicStatusPage(slug: $slug) {
        title descriptionHtml sections { name components { name description status days { marks } uptime latency { points { at } } } }
        outages { id componentName } } }`,
        variables: { slug },
      },
    )
    expect(text).toContain('Website')
    expect(text).not.toContain(world.ours.canary)
  })
})
