import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EventReader } from '../../../test/event-reader.ts'
import { LiveClient } from '../../../test/live-client.ts'
import { LiveServer } from '../../../test/live-server.ts'
import { updated } from '../../../test/memory-log.ts'
import { type Actor, anonymous, type Role } from '../../lib/actor.ts'
import { AppError } from '../../lib/app-error.ts'
import { ManualClock } from '../../lib/manual-clock.ts'
import type { Rights, RightsChange } from './standing.ts'

const QUERY = 'subscription { events { cursor events { ... on MonitorUpdated { monitorId } } } }'

/** Rights that the test changes. */
class ChangingRights implements Rights {
  isFresh = true
  readonly actors = new Map<string, Actor>()
  failure: Error | undefined
  private readonly listeners = new Set<(change: RightsChange) => void>()

  onChange(heard: (change: RightsChange) => void): () => void {
    this.listeners.add(heard)
    return () => void this.listeners.delete(heard)
  }

  recheck(actor: Actor): Promise<Actor | null> {
    if (this.failure) return Promise.reject(this.failure)
    return Promise.resolve(this.actors.get(actor.credentialId ?? '') ?? null)
  }

  tell(change: RightsChange): void {
    for (const heard of this.listeners) heard(change)
  }
}

let server: LiveServer
let rights: ChangingRights
const clock = new ManualClock()
const open: { close(): void }[] = []

beforeEach(async () => {
  server = new LiveServer(clock)
  rights = new ChangingRights()
  server.rights = rights
  server.authenticate = ({ authorization }) => {
    if (authorization === undefined) return anonymous()
    const actor = rights.actors.get(String(authorization))
    if (!actor) throw new AppError('UNAUTHENTICATED', 'no')
    return actor
  }
  await server.start()
})
afterEach(async () => {
  for (const one of open.splice(0)) one.close()
  await server.stop()
})

function person(credentialId: string, role: Role = 'viewer', more: Partial<Actor> = {}): Actor {
  const { workspaceId } = server
  const actor = {
    kind: 'user',
    id: `of ${credentialId}`,
    credentialId,
    role,
    workspaceId,
    ...more,
  } as Actor
  rights.actors.set(credentialId, actor)
  return actor
}

async function connect(authorization?: string): Promise<LiveClient> {
  const client = new LiveClient(server.port)
  open.push({ close: () => client.close() })
  await client.until(() => client.socket.readyState !== 0, 'the socket opens')
  const payload = authorization === undefined ? {} : { payload: { authorization } }
  client.send({ type: 'connection_init', ...payload })
  await client.until(
    () => client.closed !== undefined || client.messages.some((m) => m.type === 'connection_ack'),
    'an answer',
  )
  return client
}

async function following(credentialId: string): Promise<LiveClient> {
  const client = await connect(credentialId)
  client.subscribe('1', QUERY)
  await client.heard('1', 1)
  return client
}

const closing = async (client: LiveClient): Promise<number | undefined> => {
  await client.until(() => client.closed !== undefined, 'the socket closes')
  return client.closed?.code
}

describe('a socket', () => {
  it('with a bad credential is closed, and never goes on as nobody (Directus CVE-2026-126539)', async () => {
    const client = await connect('unknown')
    expect(await closing(client)).toBe(4403)
    expect(client.messages).toEqual([])
  })

  it('says who speaks once: a second time is a protocol error', async () => {
    person('a')
    const client = await connect('a')
    client.send({ type: 'connection_init', payload: { authorization: 'unknown' } })
    expect(await closing(client)).toBe(4429)
  })

  it('without a credential may connect, and follow nothing that is not public', async () => {
    const client = await connect()
    client.subscribe('1', QUERY)
    await client.until(() => client.of('1', 'error').length > 0, 'the refusal')
    expect(client.of('1', 'error')[0]?.payload).toMatchObject([
      { extensions: { code: 'UNAUTHENTICATED' } },
    ])
    expect(client.closed).toBeUndefined()
  })

  it.each([
    ['its session ends', { credentialId: 'a' }],
    ['its person is changed', { userId: 'of a' }],
    ['its workspace is changed', { workspaceId: 'here' }],
  ])('is closed when %s and it may not go on', async (_when, change) => {
    person('a')
    person('b')
    const [gone, other] = [await following('a'), await following('b')]
    rights.actors.delete('a')
    rights.tell('workspaceId' in change ? { workspaceId: server.workspaceId } : change)
    expect(await closing(gone)).toBe(4403)
    server.commit(updated('m'))
    await other.heard('1', 2)
    expect(other.closed).toBeUndefined()
  })

  it('is closed when its role changes, so that it comes back with the new one', async () => {
    person('a', 'editor')
    const client = await following('a')
    person('a', 'viewer')
    rights.tell({ userId: 'of a', workspaceId: server.workspaceId })
    expect(await closing(client)).toBe(4403)
  })

  it('stays when what changed does not concern its rights', async () => {
    person('a')
    const client = await following('a')
    rights.tell({ userId: 'of a' })
    rights.tell({ credentialId: 'b' })
    server.commit(updated('m'))
    await client.heard('1', 2)
    expect(client.closed).toBeUndefined()
  })

  it('of a token is looked at whenever anybody changes: who made it may have lost their role', async () => {
    person('t', 'admin', { kind: 'token' })
    const client = await following('t')
    rights.actors.delete('t')
    rights.tell({ userId: 'who made it', workspaceId: server.workspaceId })
    expect(await closing(client)).toBe(4403)
  })

  it('is closed when its session or token expires', async () => {
    person('a', 'viewer', { expiresAtMs: clock.now() + 2_000 })
    const client = await following('a')
    clock.advance(1_500)
    expect(client.closed).toBeUndefined()
    clock.advance(500)
    expect(await closing(client)).toBe(4403)
  })

  it('is told nothing while changes of rights can’t be heard, and asked to come back', async () => {
    person('a')
    const client = await following('a')
    rights.isFresh = false
    server.commit(updated('secret'))
    expect(await closing(client)).toBe(1013)
    expect(JSON.stringify(client.messages)).not.toContain('secret')
  })

  it('is asked to come back when its rights can’t be looked up', async () => {
    person('a')
    const client = await following('a')
    rights.failure = new Error('away')
    rights.tell({ userId: 'of a' })
    expect(await closing(client)).toBe(1013)
  })
})

describe('an event stream', () => {
  const stream = (): EventReader => {
    const reader = new EventReader(
      server.port,
      `/graphql/stream?${new URLSearchParams({ query: QUERY })}`,
      {},
    )
    open.push(reader)
    return reader
  }

  it('ends when its session ends', async () => {
    const actor = person('a')
    server.authenticate = () => actor
    const reader = stream()
    await reader.heard(1)
    expect(server.stream.size).toBe(1)
    rights.actors.delete('a')
    rights.tell({ credentialId: 'a' })
    await expect.poll(() => server.stream.size).toBe(0)
  })

  it('is told nothing while changes of rights can’t be heard', async () => {
    const actor = person('a')
    server.authenticate = () => actor
    const reader = stream()
    await reader.heard(1)
    rights.isFresh = false
    server.commit(updated('secret'))
    await expect.poll(() => server.stream.size).toBe(0)
    expect(reader.text).not.toContain('secret')
  })
})
