import { createServer, type Server } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { HttpDoors } from '../../test/http-doors.ts'
import { AppError } from '../lib/app-error.ts'
import { ManualClock } from '../lib/manual-clock.ts'
import { listen } from './listen.ts'

const opened: HttpDoors[] = []
const open = async (wishes: Parameters<typeof HttpDoors.open>[0]): Promise<HttpDoors> => {
  const doors = await HttpDoors.open(wishes)
  opened.push(doors)
  return doors
}
afterEach(async () => {
  for (const doors of opened.splice(0)) await doors.close()
})

describe('/healthz', () => {
  it('answers as long as the process does, however its parts are', async () => {
    const doors = await open({ probes: { database: () => false } })
    const response = await fetch(`${doors.url}/healthz`)
    expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }])
  })
})

describe('/readyz', () => {
  it('is ready when every part is well', async () => {
    const doors = await open({ probes: { database: () => true, log: () => Promise.resolve(true) } })
    const response = await fetch(`${doors.url}/readyz`)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ status: 'ok', parts: { database: 'ok', log: 'ok' } })
  })

  it.each([
    ['is not well', () => false],
    ['fails', () => Promise.reject(new Error('secret'))],
    [
      'throws',
      () => {
        throw new Error('secret')
      },
    ],
  ])('names the part that %s', async (_how, scheduler) => {
    const doors = await open({ probes: { database: () => true, scheduler } })
    const response = await fetch(`${doors.url}/readyz`)
    expect(response.status).toBe(503)
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toEqual({
      status: 'failing',
      parts: { database: 'ok', scheduler: 'failing' },
    })
  })

  it('does not wait for ever for a part that says nothing', async () => {
    const clock = new ManualClock()
    let hasAsked = (): void => undefined
    const asked = new Promise<void>((done) => (hasAsked = done))
    const silent = (): Promise<boolean> => {
      hasAsked()
      return new Promise(() => undefined)
    }
    const doors = await open({ probes: { database: silent }, clock })
    const answer = fetch(`${doors.url}/readyz`)
    await asked
    clock.advance(3_000)
    expect((await answer).status).toBe(503)
  })

  it('asks the parts once for all who ask at the same time', async () => {
    let times = 0
    let answer = (_isWell: boolean): void => undefined
    const slow = (): Promise<boolean> => {
      times++
      return new Promise((done) => (answer = done))
    }
    const doors = await open({ probes: { database: slow } })
    const askers = Array.from({ length: 20 }, () => doors.server.inject('/readyz'))
    await new Promise((done) => setImmediate(done))
    await doors.server.inject('/healthz')
    answer(true)
    for (const asker of askers) expect((await asker).statusCode).toBe(200)
    expect(times).toBe(1)
  })
})

describe('/api/push', () => {
  it.each(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])(
    'takes a push by %s',
    async (method) => {
      const received: unknown[] = []
      const receive = (...push: unknown[]): Promise<{ ok: true }> => {
        received.push(push)
        return Promise.resolve({ ok: true })
      }
      const doors = await open({ push: { receive } })
      const response = await fetch(
        `${doors.url}/api/push/abc?status=down&msg=Disk%20full&ping=1.5`,
        { method },
      )
      expect([response.status, await response.json()]).toEqual([200, { ok: true }])
      expect(received).toEqual([['abc', { status: 'down', msg: 'Disk full', ping: '1.5' }]])
    },
  )

  it.each([
    ['of no kind', undefined, 'x'],
    ['that is a form', 'application/x-www-form-urlencoded', 'a=b'],
    ['that is no JSON', 'application/json', '{'],
    ['of 3 MB', 'application/octet-stream', 'x'.repeat(3_000_000)],
  ])('ignores a body %s', async (_what, contentType, body) => {
    const doors = await open({})
    const headers: Record<string, string> = contentType ? { 'content-type': contentType } : {}
    const response = await fetch(`${doors.url}/api/push/abc`, { method: 'POST', headers, body })
    expect([response.status, await response.json()]).toEqual([200, { ok: true }])
  })

  it('answers for a token that nobody has, of any length, as Uptime Kuma does', async () => {
    const msg = 'Monitor not found or not active.'
    const doors = await open({ push: { receive: () => Promise.resolve({ ok: false, msg }) } })
    for (const token of ['x', '%00', 'a%2Fb', 'x'.repeat(8_000)]) {
      const response = await fetch(`${doors.url}/api/push/${token}`)
      expect([response.status, await response.json()]).toEqual([404, { ok: false, msg }])
    }
  })

  it('reads the first of several values', async () => {
    const received: unknown[] = []
    const receive = (...push: unknown[]): Promise<{ ok: true }> => {
      received.push(push[1])
      return Promise.resolve({ ok: true })
    }
    const doors = await open({ push: { receive } })
    await fetch(`${doors.url}/api/push/abc?msg=a&msg=b`)
    expect(received).toEqual([{ status: undefined, msg: 'a', ping: undefined }])
  })

  it('says when to try again when a push can’t be stored now', async () => {
    const receive = (): never => {
      throw new AppError('UNAVAILABLE', 'Try again.', { retryAfterSeconds: 7 })
    }
    const doors = await open({ push: { receive } })
    const response = await fetch(`${doors.url}/api/push/abc`)
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '7'])
    expect(await response.json()).toEqual({ ok: false, msg: 'Try again.' })
  })

  it('tells nothing of a fault of ours but its id', async () => {
    const doors = await open({
      push: { receive: () => Promise.reject(new Error('password=hunter2')) },
    })
    const response = await fetch(`${doors.url}/api/push/abc`)
    expect(response.status).toBe(500)
    const { message } = (await response.json()) as { message: string }
    expect(message).toMatch(/^Something went wrong on our side \([0-9a-f-]{36}\)\.$/)
    const id = /\((.*)\)/.exec(message)![1]
    expect(doors.log.find(({ fields }) => fields['id'] === id)?.level).toBe('error')
  })
})

describe('every request', () => {
  it('is logged at debug with its route, never with its token', async () => {
    const doors = await open({})
    await doors.server.inject('/api/push/very-secret-token?msg=secret')
    const line = doors.log.find(({ message }) => message === 'request')!
    expect(line.level).toBe('debug')
    expect(line.fields).toMatchObject({ method: 'GET', route: '/api/push/:token', status: 200 })
    expect(JSON.stringify(doors.log)).not.toContain('secret')
  })
})

describe('a port that is taken', () => {
  const takers: Server[] = []
  afterEach(async () => {
    for (const taker of takers.splice(0)) await new Promise((done) => taker.close(done))
  })
  async function take(host: string): Promise<number> {
    const taker = createServer()
    takers.push(taker)
    await new Promise<void>((done, fail) => {
      taker.once('error', fail)
      taker.listen(0, host, done)
    })
    return (taker.address() as { port: number }).port
  }

  it.each(['127.0.0.1', 'localhost'])('is named with what to do (%s)', async (host) => {
    const doors = await open({})
    const port = await take('127.0.0.1')
    const failed = await listen(doors.server, host, port).catch((error: unknown) => error)
    expect(failed).toBeInstanceOf(AppError)
    expect((failed as AppError).message).toBe(
      `Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start`,
    )
  })
})

describe('a server that closes', () => {
  it('answers what it has begun to answer', async () => {
    let hasCome = (): void => undefined
    const came = new Promise<void>((done) => (hasCome = done))
    let store = (): void => undefined
    const receive = (): Promise<{ ok: true }> => {
      hasCome()
      return new Promise((done) => (store = () => done({ ok: true })))
    }
    const doors = await open({ push: { receive } })
    const answer = fetch(`${doors.url}/api/push/abc`)
    await came
    const closed = doors.server.close()
    store()
    expect((await answer).status).toBe(200)
    await closed
  })

  it('cuts after five seconds who is still not done', async () => {
    const clock = new ManualClock()
    let hasCome = (): void => undefined
    const came = new Promise<void>((done) => (hasCome = done))
    const receive = (): Promise<never> => {
      hasCome()
      return new Promise(() => undefined)
    }
    const doors = await open({ push: { receive }, clock })
    const answer = fetch(`${doors.url}/api/push/abc`).then(
      () => 'answered',
      () => 'cut',
    )
    await came
    const closed = doors.server.close()
    let isClosed = false
    void closed.then(() => (isClosed = true))
    while (!isClosed) {
      clock.advance(1_000)
      await new Promise((done) => setImmediate(done))
    }
    expect(await answer).toBe('cut')
  })
})
