import { afterEach, describe, expect, it } from 'vitest'
import { type GraphqlAnswer, HttpDoors } from '../../test/http-doors.ts'
import type { Snapshot } from '../db/index.ts'
import type { ReadScope } from '../db/read-scope.ts'
import { AppError } from '../lib/app-error.ts'
import { ManualClock } from '../lib/manual-clock.ts'
import { MonitorResolver } from '../monitors/index.ts'
import { BUDGET } from './limits/limits.ts'

let doors: HttpDoors
afterEach(() => doors.close())

/** The contract with one resolver whose `monitor(id)` does as it is told. */
const withMonitor = (get: (scope: ReadScope) => Promise<never>): readonly object[] => [
  new MonitorResolver({ get } as never, new ManualClock()),
]
const MONITOR = '{ monitor(id: "x") { id } }'

describe('a request reads from one snapshot, which goes back', () => {
  it('and is not even opened when nothing is read', async () => {
    doors = await HttpDoors.open()
    await doors.ask('{ __typename }')
    expect(doors.snapshots).toBe(0)
  })

  it('when it is answered', async () => {
    doors = await HttpDoors.open()
    const { data } = await doors.ask('{ a: liveCursor b: liveCursor }')
    expect(data!['a']).toBe(data!['b'])
    expect([doors.snapshots, doors.openSnapshots]).toEqual([1, 0])
  })

  it('when a resolver fails', async () => {
    const instances = withMonitor(async (scope) => {
      await scope.manager()
      throw new Error('broken')
    })
    doors = await HttpDoors.open({ instances })
    await doors.ask(MONITOR)
    expect([doors.snapshots, doors.openSnapshots]).toEqual([1, 0])
  })

  it('when its client goes away in the middle', async () => {
    let hasCome = (): void => undefined
    let goOn = (): void => undefined
    const came = new Promise<void>((done) => (hasCome = done))
    const instances = withMonitor(async (scope) => {
      await scope.manager()
      hasCome()
      await new Promise<void>((done) => (goOn = done))
      throw new AppError('NOT_FOUND', 'gone')
    })
    doors = await HttpDoors.open({ instances })
    const leaving = new AbortController()
    const asked = fetch(`${doors.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: MONITOR }),
      signal: leaving.signal,
    }).catch(() => 'left')
    await came
    expect(doors.openSnapshots).toBe(1)
    leaving.abort()
    expect(await asked).toBe('left')
    goOn()
    for (let turn = 0; doors.openSnapshots && turn < 1_000; turn++)
      await new Promise((done) => setImmediate(done))
    expect(doors.openSnapshots).toBe(0)
  })
})

describe('an error', () => {
  const failing = async (error: Error): Promise<GraphqlAnswer> => {
    doors = await HttpDoors.open({ instances: withMonitor(() => Promise.reject(error)) })
    return doors.ask(MONITOR)
  }

  it('that was foreseen comes with its code and its place', async () => {
    const { status, errors } = await failing(new AppError('NOT_FOUND', 'There is no such monitor.'))
    expect(status).toBe(200)
    expect(errors).toMatchObject([
      {
        message: 'There is no such monitor.',
        path: ['monitor'],
        extensions: { code: 'NOT_FOUND' },
      },
    ])
  })

  it('of ours tells its id and nothing else; the log tells all', async () => {
    const { text, errors } = await failing(new Error('password=hunter2 in /srv/allswell/x.ts'))
    expect(text).not.toMatch(/hunter2|stack|\.ts/)
    const { code, id } = errors![0]!.extensions
    expect(code).toBe('INTERNAL_SERVER_ERROR')
    const line = doors.log.find(({ fields }) => fields['id'] === id)!
    expect((line.fields['err'] as Error).message).toContain('hunter2')
  })

  it('says UNAVAILABLE when the database goes away under a request', async () => {
    const error = Object.assign(new Error('terminating connection'), { code: '57P01' })
    const { errors } = await failing(error)
    expect(errors![0]!.extensions['code']).toBe('UNAVAILABLE')
  })

  it('of a snapshot that can’t be opened has its code too', async () => {
    const openSnapshot = (): Promise<Snapshot> =>
      Promise.reject(new AppError('UNAVAILABLE', 'The database does not answer.'))
    doors = await HttpDoors.open({ openSnapshot })
    const { errors } = await doors.ask('{ liveCursor }')
    expect(errors![0]!.extensions['code']).toBe('UNAVAILABLE')
  })

  it('of a request that is not admitted has the HTTP status of its code', async () => {
    const admit = (): never => {
      throw new AppError('UNAUTHENTICATED', 'Sign in.')
    }
    doors = await HttpDoors.open({ admit })
    const { status, errors } = await doors.ask('{ __typename }')
    expect(status).toBe(401)
    expect(errors).toEqual([{ message: 'Sign in.', extensions: { code: 'UNAUTHENTICATED' } }])
  })

  it.each([
    [
      { settings: { http: { url: 'http://x', password: { deep: 'hunter2' } } } },
      /input.settings.http.password/,
    ],
    [
      { settings: { http: { url: 'http://x', password: 'hunter2', nothing: 1 } } },
      /Field "nothing" is not defined/,
    ],
    [
      { settings: { http: { url: 'http://x', password: 'hunter2' }, tcp: null } },
      /Exactly one key/,
    ],
    [null, /\$input must not be null/],
  ])('of variables names the place and never the value: %j', async (input, message) => {
    doors = await HttpDoors.open()
    const { text, errors } = await doors.ask(
      'mutation ($input: TestMonitorInput!) { testMonitor(input: $input) { userErrors { message } } }',
      { input },
    )
    expect(text).not.toContain('hunter2')
    expect(errors![0]!.message).toMatch(message)
    expect(errors![0]!.extensions['code']).toBe('BAD_USER_INPUT')
  })
})

describe('what an operation costs', () => {
  const DEAR = '{ monitors(first: 500) { nodes { id recentHeartbeats { at } } } }'

  it('is told with every answer, and taken from the actor’s budget', async () => {
    doors = await HttpDoors.open({ clock: new ManualClock() })
    const { extensions } = await doors.ask(DEAR)
    const { requested, remaining, resetAt } = extensions!.cost!
    expect(requested).toBe(1 + 500 * (1 + 30))
    expect(remaining).toBe(BUDGET.most - requested)
    expect(Date.parse(resetAt)).toBeGreaterThan(new ManualClock().now())
  })

  it('is refused with 429 when the budget is empty, and answered when it has refilled', async () => {
    const clock = new ManualClock()
    doors = await HttpDoors.open({ clock })
    let answer = await doors.ask(DEAR)
    while (answer.status === 200) answer = await doors.ask(DEAR)
    expect(answer.status).toBe(429)
    const wait = Number(answer.headers.get('retry-after'))
    expect(wait).toBeGreaterThan(0)
    expect(answer.errors![0]!.extensions).toMatchObject({
      code: 'LIMIT',
      cost: { requested: 15_501 },
    })
    clock.advance(wait * 1_000)
    expect((await doors.ask(DEAR)).status).toBe(200)
  })
})
