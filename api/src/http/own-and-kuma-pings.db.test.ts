import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { stored } from '../../test/monitors.ts'
import { type Job, PingWorld } from '../../test/ping-world.ts'
import { newPushToken } from '../monitors/push/push-token.ts'

const RID = '5c3a1f0e-2222-4a3c-9f4e-2c4f3a5b6c7d'

let world: PingWorld
let job: Job

beforeEach(async () => {
  world = await PingWorld.open()
  job = await world.job('Report')
})
afterEach(() => world.close())

const statuses = async (): Promise<number[]> =>
  (await stored(world.database, job)).beats.map((beat) => beat.status)

describe('a push in the format of Uptime Kuma', () => {
  it.each([
    ['', 1],
    ['?status=up&msg=OK&ping=', 1],
    ['?status=up&msg=done&ping=12.5', 1],
    ['?status=down&msg=failed', 3],
    ['?status=UP', 3],
    ['?status=pending', 3],
  ])('with the query "%s" is stored with the status %i', async (query, status) => {
    for (const method of ['GET', 'POST', 'PUT'])
      expect(await world.ask(`/api/push/${job.token}${query}`, { method })).toMatchObject({
        status: 200,
        text: '{"ok":true}',
      })
    expect(await statuses()).toEqual([status, status, status])
  })

  it('is listed as a run, and its body is ignored', async () => {
    await world.ask(`/api/push/${job.token}`, { method: 'POST', body: 'ignored' })
    expect(await world.runs(job)).toMatchObject([{ kind: 'SUCCESS', body: null }])
  })

  it.each([
    ['/api/push/x', 'Monitor not found or not active.'],
    [`/api/push/${newPushToken()}`, 'Monitor not found or not active.'],
    [`/api/push/${'ä'.repeat(300)}`, 'Monitor not found or not active.'],
  ])('to %s is answered with 404', async (path, msg) => {
    const answer = await world.ask(path)
    expect(answer.status).toBe(404)
    expect(JSON.parse(answer.text)).toEqual({ ok: false, msg })
  })

  it.each(['-1', 'x', '1e12', '%00'])('with the ping %s is refused in words', async (ping) => {
    const answer = await world.ask(`/api/push/${job.token}?ping=${ping}`)
    expect(answer.status).toBe(404)
    expect(JSON.parse(answer.text)).toMatchObject({ ok: false })
  })

  it('to a paused monitor is refused', async () => {
    const paused = await world.job('Paused', {}, true)
    expect((await world.ask(`/api/push/${paused.token}`)).status).toBe(404)
    expect(await world.runs(paused)).toEqual([])
  })
})

describe('a report in our own format', () => {
  const report = async (body: unknown, token = job.token) => {
    const answer = await world.ask(`/api/heartbeat/${token}`, {
      ...{ method: 'POST', headers: { 'content-type': 'application/json' } },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    return { ...answer, body: JSON.parse(answer.text) as Record<string, unknown> }
  }

  it('is a success when it says nothing', async () => {
    const { status, body, headers } = await report({})
    expect([status, body]).toEqual([200, { ok: true, isPaused: false, durationMs: null }])
    expect(headers.get('cache-control')).toBe('no-store')
    expect(await statuses()).toEqual([1])
  })

  it('of a start and its finish tells the duration', async () => {
    await report({ status: 'start', runId: RID })
    world.clock.advance(1_500)
    const { body } = await report({ exitStatus: 2, runId: RID, log: 'boom', message: 'No disk.' })
    expect(body).toEqual({ ok: true, isPaused: false, durationMs: 1_500 })
    expect(await world.runs(job)).toEqual([
      { kind: 'FAILURE', rid: RID, duration: 1_500, exit: 2, body: 'boom' },
    ])
    expect((await stored(world.database, job)).state['reason']).toBe('No disk.')
  })

  it('may tell its duration itself', async () => {
    const { body } = await report({ status: 'success', durationMs: 90_000.4 })
    expect(body['durationMs']).toBe(90_000)
  })

  it('keeps 10,000 bytes of a log', async () => {
    await report({ log: 'ä'.repeat(20_000) })
    expect((await world.runs(job))[0]?.body).toBe('ä'.repeat(5_000))
  })

  it.each([
    [[], 'JSON object'],
    ['"text"', 'JSON object'],
    [{ status: 'up' }, '`status` must be'],
    [{ status: '__proto__' }, '`status` must be'],
    [{ runId: 'x' }, '`runId` must be'],
    [{ exitStatus: 256 }, '`exitStatus` must be'],
    [{ exitStatus: 1.5 }, '`exitStatus` must be'],
    [{ durationMs: -1 }, '`durationMs` must be'],
    [{ latencyMs: '1' }, '`latencyMs` must be'],
    [{ log: 1 }, '`log` must be'],
    [{ wrong: 1 }, 'no field `wrong`'],
  ])('like %j is refused in words', async (given, words) => {
    const { status, body } = await report(given)
    expect(status).toBe(400)
    expect(body['message']).toEqual(expect.stringContaining(words))
    expect(await statuses()).toEqual([])
  })

  it('tells every mistake at once', async () => {
    const { body } = await report({ status: 'x', exitStatus: 300, runId: 1 })
    expect(body['problems']).toHaveLength(3)
  })

  it('that is no JSON is refused', async () => {
    expect((await report('{')).status).toBe(400)
    const plain = await world.ask(`/api/heartbeat/${job.token}`, { method: 'POST', body: 'x' })
    expect(plain.status).toBe(415)
  })

  it.each(['x', newPushToken(), 'ä'.repeat(300), '%00', '..%2f..'])(
    'to the address %s is answered with 404',
    async (token) => expect((await report({}, token)).status).toBe(404),
  )

  it('of a paused job is listed', async () => {
    const paused = await world.job('Paused', {}, true)
    expect((await report({}, paused.token)).body).toMatchObject({ ok: true, isPaused: true })
    expect((await world.runs(paused)).map((run) => run.kind)).toEqual(['IGNORED'])
  })

  it('is sent away while it can’t be stored', async () => {
    await world.recorder.close(0)
    const { status, headers } = await report({})
    expect([status, headers.get('retry-after')]).toEqual([503, '5'])
  })
})
