import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stored } from '../../test/monitors.ts'
import { type Job, PingWorld } from '../../test/ping-world.ts'
import { newPushToken } from '../monitors/push/push-token.ts'

const RID = '5c3a1f0e-2222-4a3c-9f4e-2c4f3a5b6c7d'
const NOBODY = '00000000-0000-4000-8000-000000000000'

let world: PingWorld
let job: Job

beforeEach(async () => {
  world = await PingWorld.open()
  job = await world.job('Database backup')
})
afterEach(() => world.close())

const kinds = async (): Promise<string[]> => (await world.runs(job)).map((run) => run.kind)
const statuses = async (): Promise<number[]> =>
  (await stored(world.database, job)).beats.map((beat) => beat.status)

describe('a ping in the format of Healthchecks', () => {
  it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'comes by %s',
    async (method) => {
      const answer = await world.ask(`/ping/${job.pingId}`, { method })
      expect(answer.status).toBe(200)
      if (method !== 'HEAD') expect(answer.text).toBe('OK')
      expect(await statuses()).toEqual([1])
    },
  )

  it('is answered with the headers of the original', async () => {
    const { headers } = await world.ask(`/ping/${job.pingId}`)
    expect(headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(headers.get('ping-body-limit')).toBe('10000')
    expect(headers.get('cache-control')).toContain('no-cache')
  })

  it('comes by UUID or by key and slug, with /ping in front or at the root', async () => {
    const key = await world.pingKey()
    for (const path of [job.pingId, `${key}/${job.slug}`])
      for (const front of ['/ping', ''])
        expect(await world.ask(`${front}/${path}`)).toMatchObject({ status: 200, text: 'OK' })
    expect(await statuses()).toEqual([1, 1, 1, 1])
    expect(job.slug).toBe('database-backup')
  })

  it.each([
    ['', 'SUCCESS', null],
    ['/start', 'RUNNING', null],
    ['/fail', 'FAILURE', null],
    ['/log', 'LOG', null],
    ['/0', 'SUCCESS', 0],
    ['/1', 'FAILURE', 1],
    ['/255', 'FAILURE', 255],
  ])('with the end "%s" is stored as %s', async (end, kind, exit) => {
    const key = await world.pingKey()
    for (const path of [
      `/ping/${job.pingId}${end}`,
      `/ping/${key}/${job.slug}${end}`,
      `/${job.pingId}${end}`,
    ])
      expect((await world.ask(path)).text).toBe('OK')
    expect((await world.runs(job)).map((run) => [run.kind, run.exit])).toEqual(
      Array.from({ length: 3 }, () => [kind, exit]),
    )
  })

  it('of a failure brings the job down at once, and a success up again', async () => {
    await world.ask(`/ping/${job.pingId}/3`)
    const { state } = await stored(world.database, job)
    expect(state['reason']).toBe('The job ended with exit status 3.')
    await world.ask(`/ping/${job.pingId}`)
    expect(await statuses()).toEqual([3, 1])
  })

  it('of a start and a log is no heartbeat', async () => {
    await world.ask(`/ping/${job.pingId}/start`)
    await world.ask(`/ping/${job.pingId}/log`, { method: 'POST', body: 'half way' })
    expect(await statuses()).toEqual([])
    expect(await world.runs(job)).toMatchObject([
      { kind: 'RUNNING' },
      { kind: 'LOG', body: 'half way' },
    ])
  })

  it('of a start with its finish is one run with its duration', async () => {
    await world.ask(`/ping/${job.pingId}/start`)
    world.clock.advance(12_345)
    await world.ask(`/ping/${job.pingId}`, { method: 'POST', body: 'done' })
    expect(await world.runs(job)).toEqual([
      { kind: 'SUCCESS', rid: null, duration: 12_345, exit: null, body: 'done' },
    ])
    expect((await stored(world.database, job)).state['last_latency_us']).toBe(12_345_000)
  })

  it('of runs that overlap is paired by rid, upper case or lower', async () => {
    const other = NOBODY
    await world.ask(`/ping/${job.pingId}/start?rid=${RID}`)
    world.clock.advance(1_000)
    await world.ask(`/ping/${job.pingId}/start?rid=${other}`)
    world.clock.advance(1_000)
    await world.ask(`/ping/${job.pingId}?rid=${RID.toUpperCase()}`)
    world.clock.advance(1_000)
    await world.ask(`/ping/${job.pingId}/fail?rid=${other}`)
    expect(await world.runs(job)).toMatchObject([
      { kind: 'SUCCESS', rid: RID, duration: 2_000 },
      { kind: 'FAILURE', rid: other, duration: 2_000 },
    ])
  })
})

describe('the body of a ping', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/json', 'nonsense'])(
    'is kept as it is, whatever its type: %s',
    async (type) => {
      const body = '{"broken": \n äöü 🙂'
      const init = { method: 'POST', body, headers: { 'content-type': type } }
      expect((await world.ask(`/ping/${job.pingId}`, init)).status).toBe(200)
      expect((await world.runs(job))[0]?.body).toBe(body)
    },
  )

  it('is cut at 10,000 bytes and never refused', async () => {
    const body = 'x'.repeat(3_000_000)
    expect((await world.ask(`/ping/${job.pingId}`, { method: 'POST', body })).text).toBe('OK')
    expect((await world.runs(job))[0]?.body).toBe('x'.repeat(10_000))
  })

  it('may hold any bytes', async () => {
    const body = Buffer.from([0, 255, 13, 10, 0x1b])
    expect((await world.ask(`/ping/${job.pingId}`, { method: 'POST', body })).text).toBe('OK')
    expect((await world.runs(job))[0]?.body).toBe(body.toString('utf8'))
  })
})

describe('a ping that leads nowhere', () => {
  it.each([
    [`/ping/${NOBODY}`, 404, 'not found'],
    [`/ping/${NOBODY}/start`, 404, 'not found'],
    ['/ping/x', 404, 'not found'],
    [`/ping/${'a'.repeat(22)}/backup`, 404, 'not found'],
    [`/ping/${NOBODY}/256`, 400, 'invalid url format'],
    [`/ping/${'a'.repeat(22)}/Backup`, 400, 'invalid url format'],
    [`/ping/${NOBODY}?rid=x`, 400, 'invalid uuid format'],
    [`/ping/${NOBODY}?rid=`, 400, 'invalid uuid format'],
    [`/ping/${'ä'.repeat(40)}`, 404, 'not found'],
    [`/ping/${'a'.repeat(400)}`, 404, 'not found'],
    [`/ping/%00/%2e%2e%2f`, 404, 'not found'],
    [`/ping/${'a'.repeat(22)}/a%0d%0ab`, 404, 'not found'],
  ])('%s is answered with %i %s', async (path, status, text) => {
    const answer = await world.ask(path)
    expect([answer.status, answer.text]).toEqual([status, text])
  })

  it('has a bad rid though its monitor is there', async () => {
    const answer = await world.ask(`/ping/${job.pingId}?rid=%00`)
    expect([answer.status, answer.text]).toEqual([400, 'invalid uuid format'])
    expect(await kinds()).toEqual([])
  })

  it('has a slug that two monitors share', async () => {
    const key = await world.pingKey()
    await world.job('Other', { slug: job.slug })
    const answer = await world.ask(`/ping/${key}/${job.slug}`)
    expect([answer.status, answer.text]).toEqual([409, 'ambiguous slug'])
    expect(await kinds()).toEqual([])
  })

  it('came to a deleted monitor', async () => {
    await world.ask(`/ping/${job.pingId}`)
    await world.database.worker.query('update monitor set deleted_at = now() where id = $1', [
      job.monitorId,
    ])
    expect((await world.ask(`/ping/${job.pingId}`)).status).toBe(404)
  })
})

describe('a ping that creates its monitor', () => {
  it('is answered with 201, and the next with 200', async () => {
    const key = await world.pingKey()
    expect((await world.ask(`/ping/${key}/new-job`)).status).toBe(404)
    const first = await world.ask(`/ping/${key}/new-job?create=1`)
    expect([first.status, first.text]).toEqual([201, 'Created'])
    expect((await world.ask(`/ping/${key}/new-job?create=1`)).status).toBe(200)
    const [made] = (await world.database.worker.query(
      `select name, settings from monitor where workspace_id = $1 and ping_slug = 'new-job'`,
      [job.workspaceId],
    )) as object[]
    expect(made).toMatchObject({
      name: 'new-job',
      settings: { periodSeconds: 86_400, graceSeconds: 3_600, slug: 'new-job' },
    })
  })

  it('creates one, though twenty come at once', async () => {
    const key = await world.pingKey()
    const path = `/ping/${key}/burst/start?create=1`
    const answers = await Promise.all(Array.from({ length: 20 }, () => world.ask(path)))
    expect(answers.every(({ status }) => status === 200 || status === 201)).toBe(true)
    const made = (await world.database.worker.query(
      `select 1 from monitor where workspace_id = $1 and ping_slug = 'burst'`,
      [job.workspaceId],
    )) as object[]
    expect(made).toHaveLength(1)
  })

  it('needs the key of a workspace', async () => {
    expect((await world.ask(`/ping/${'a'.repeat(22)}/new-job?create=1`)).status).toBe(404)
    expect((await world.ask(`/ping/${NOBODY}?create=1`)).status).toBe(404)
  })
})

describe('a ping that changes nothing', () => {
  it('comes to a paused job: it is answered and listed', async () => {
    const paused = await world.job('Paused', {}, true)
    expect((await world.ask(`/ping/${paused.pingId}/fail`)).text).toBe('OK')
    expect((await world.runs(paused)).map((run) => run.kind)).toEqual(['IGNORED'])
    expect((await stored(world.database, paused)).beats).toEqual([])
  })

  it('comes by another method than the one that counts', async () => {
    const strict = await world.job('Strict', { onlyPost: true })
    expect((await world.ask(`/ping/${strict.pingId}`)).text).toBe('OK')
    expect((await stored(world.database, strict)).beats).toEqual([])
    await world.ask(`/ping/${strict.pingId}`, { method: 'POST' })
    expect((await world.runs(strict)).map((run) => run.kind)).toEqual(['IGNORED', 'SUCCESS'])
  })
})

describe('an address that came along from elsewhere', () => {
  it('is taken over: only the host of a crontab line changes', async () => {
    const pingId = '8f8e2f1a-0000-4a3c-9f4e-2c4f3a5b6c7d'.replace('0000', newHex())
    const pushToken = newPushToken().slice(0, 10)
    await world.addresses.setAddress(world.actor, { id: job.monitorId, pingId, pushToken })
    expect((await world.ask(`/${pingId}/start`)).text).toBe('OK')
    expect((await world.ask(`/api/push/${pushToken}?status=up&msg=OK&ping=`)).status).toBe(200)
    expect(await kinds()).toEqual(['SUCCESS'])
    world.clock.advance(1_001)
    expect((await world.ask(`/ping/${job.pingId}`)).status).toBe(404)
  })

  it('is a ping key too, and the old one opens nothing a second later', async () => {
    const old = await world.pingKey()
    expect((await world.ask(`/ping/${old}/${job.slug}`)).status).toBe(200)
    const given = newPushToken().slice(0, 22)
    expect(await world.addresses.rotateKey(world.actor, given)).toBe(given)
    world.clock.advance(1_001)
    expect((await world.ask(`/ping/${old}/${job.slug}`)).status).toBe(404)
    expect((await world.ask(`/${given}/${job.slug}`)).text).toBe('OK')
  })

  it('is refused when it is no address, or another’s', async () => {
    const other = await world.job('Other')
    const set = (edit: object) =>
      world.addresses.setAddress(world.actor, { id: job.monitorId, ...edit })
    for (const edit of [
      {},
      { pingId: 'x' },
      { pushToken: 'short' },
      { pushToken: 'a\0'.repeat(9) },
    ])
      await expect(set(edit)).rejects.toMatchObject({ code: 'INVALID' })
    await expect(set({ pingId: other.pingId })).rejects.toMatchObject({ code: 'CONFLICT' })
    await expect(set({ id: NOBODY, pingId: NOBODY })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(world.addresses.rotateKey(world.actor, 'x')).rejects.toMatchObject({
      code: 'INVALID',
    })
  })

  it('can’t be set by a read-only actor', async () => {
    const viewer = { ...world.actor, kind: 'user', role: 'viewer' } as const
    await expect(
      world.addresses.setAddress(viewer, { id: job.monitorId, pingId: NOBODY }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(world.addresses.rotateKey({ ...viewer, role: 'editor' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })
})

it('keeps the last hundred runs', async () => {
  for (let n = 0; n < 6; n++)
    await Promise.all(Array.from({ length: 25 }, () => world.ask(`/ping/${job.pingId}`)))
  expect(await kinds()).toHaveLength(100)
})

it('tells nobody a secret by what is stored', async () => {
  const key = await world.pingKey()
  const rows: unknown = await world.database.worker.query(
    `select m.*, k.sealed, k.key_hash from monitor m join ping_key k using (workspace_id)
      where m.id = $1`,
    [job.monitorId],
  )
  const text = JSON.stringify(rows)
  for (const secret of [key, job.pingId, job.token]) expect(text).not.toContain(secret)
})

it('sends the job away while it can’t be stored, with 503 and Retry-After', async () => {
  await world.recorder.close(0)
  const answer = await world.ask(`/ping/${job.pingId}`)
  expect(answer.status).toBe(503)
  expect(answer.headers.get('retry-after')).toBe('5')
})

const newHex = (): string =>
  Math.floor(Math.random() * 65_536)
    .toString(16)
    .padStart(4, '0')
