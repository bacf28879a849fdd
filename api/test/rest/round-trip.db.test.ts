import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { newAsker } from '../matrix/world-actors.ts'
import { type RestReply, RestWorld } from './rest-world.ts'

type Json = Record<string, unknown>

const PIXEL =
  'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7' as const

let rest: RestWorld
let headers: Record<string, string>
beforeAll(async () => {
  rest = await RestWorld.open()
  headers = (await newAsker(rest.world, 'owner')).headers
}, 60_000)
afterAll(() => rest.close())

async function ask(
  operationId: string,
  options: { id?: string; body?: unknown; headers?: Record<string, string> } = {},
): Promise<RestReply & { json: Json }> {
  const operation = rest.operations.find((one) => one.operationId === operationId)!
  const reply = await rest.ask(operation, {
    ...options,
    headers: { ...headers, ...options.headers },
  })
  expect(rest.faultOf(operation, reply)).toBeUndefined()
  return { ...reply, json: JSON.parse(reply.text || 'null') as Json }
}

const newMonitor = async (): Promise<string> => {
  const { json } = await ask('createMonitor', {
    body: {
      // Nothing checks it meanwhile.
      ...{ name: 'Shop', intervalSeconds: 60, isPaused: true },
      settings: {
        http: {
          url: 'https://example.com/',
          headers: [{ name: 'x-team', value: 'shop' }],
          ...{ authentication: 'BASIC', username: 'ada', password: 'correct horse' },
        },
      },
    },
  })
  return String(json['id'])
}

/** What may differ between two readings of the same. */
const lasting = ({ version: _v, updatedAt: _u, ...rest }: Json): Json => rest

async function roundTrip(name: string, id: string, edit: (body: Json) => Json): Promise<Json> {
  const before = await ask(`get${name}`, { id })
  const put = await ask(`replace${name}`, {
    id,
    body: edit(before.json),
    headers: { 'if-match': before.headers.get('etag') ?? '*' },
  })
  expect([put.status, put.text.slice(0, 300)]).toEqual([200, expect.anything()])
  const after = (await ask(`get${name}`, { id })).json
  expect(lasting(after)).toEqual(lasting(edit(before.json)))
  return after
}

it('a monitor that was read, edited and sent back is edited, and keeps its secret', async () => {
  const id = await newMonitor()
  const after = await roundTrip('Monitor', id, (body) => ({ ...body, name: 'Store' }))
  expect(after).toMatchObject({ name: 'Store', settings: { http: { hasPassword: true } } })
})

it('a status page that was read, edited and sent back keeps its monitors, picture and password', async () => {
  const monitorIds = [await newMonitor()]
  const slug = `p-${randomBytes(6).toString('hex')}`
  const { json } = await ask('createStatusPage', {
    body: {
      ...{ slug, title: 'Acme', visibility: 'PASSWORD', password: 'correct horse', logo: PIXEL },
      sections: [
        {
          name: 'All',
          isCollapsed: true,
          components: [{ name: 'Shop', monitorIds, showChart: true }],
        },
      ],
    },
  })
  const after = await roundTrip('StatusPage', String(json['id']), (body) => ({
    ...body,
    title: 'Acme Inc',
  }))
  expect(after).toMatchObject({ title: 'Acme Inc', hasPassword: true, logoUrl: expect.anything() })
  expect(JSON.stringify(after)).toContain(monitorIds[0])
})

it('null takes a picture away; nothing said leaves it', async () => {
  const slug = `p-${randomBytes(6).toString('hex')}`
  const made = await ask('createStatusPage', { body: { slug, title: 'Acme', logo: PIXEL } })
  const id = String(made.json['id'])
  const kept = await ask('replaceStatusPage', { id, body: { slug, title: 'Acme' } })
  expect(kept.json['logoUrl']).not.toBeNull()
  const cleared = await ask('replaceStatusPage', { id, body: { slug, title: 'Acme', logo: null } })
  expect(cleared.json['logoUrl']).toBeNull()
})

it('what nobody tells is refused, wherever it stands, and a part of an object is no whole', async () => {
  const id = await newMonitor()
  const { json } = await ask('getMonitor', { id })
  for (const body of [
    { ...json, nonsense: 1 },
    { ...json, settings: { http: { url: 'https://example.com', nonsense: 1 } } },
    { ...json, settings: { nonsense: {} } },
    { ...json, settings: null },
    { ...json, settings: 'http' },
    { id: json['id'] },
  ]) {
    const { status } = await ask('replaceMonitor', { id, body })
    expect([body, [400, 422].includes(status)]).toEqual([body, true])
  }
})
