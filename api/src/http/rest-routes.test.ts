import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HttpDoors } from '../../test/http-doors.ts'
import { OPERATIONS } from '../rest/index.ts'

let doors: HttpDoors

beforeAll(async () => {
  doors = await HttpDoors.open()
})
afterAll(() => doors.close())

const ask = (path: string, init: RequestInit = {}): Promise<Response> =>
  fetch(`${doors.url}/api/v1${path}`, init)

const PATHS = [...new Set(OPERATIONS.map(({ path }) => path))].map((path) => [
  path,
  path.replace('{id}', '0190a000-0000-7000-8000-000000000000'),
])

describe.each(PATHS)('%s', (path, address) => {
  const methods = OPERATIONS.filter((one) => one.path === path).map(({ method }) => method)

  it('refuses other methods with those that there are', async () => {
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      if (methods.includes(method)) continue
      const { status, headers } = await ask(address!, { method })
      expect([method, status]).toEqual([method, 405])
      expect(headers.get('allow')?.split(', ')).toEqual(expect.arrayContaining(methods))
      expect(headers.get('content-type')).toContain('application/problem+json')
    }
  })

  it('refuses to tell anything but JSON', async () => {
    const answer = await ask(address!, { method: methods[0]!, headers: { accept: 'text/html' } })
    expect([answer.status, await answer.json()]).toMatchObject([406, { status: 406 }])
  })

  it('refuses bodies that are no JSON', async () => {
    for (const method of methods.filter((one) => one !== 'GET')) {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      const { status } = await ask(address!, { method, headers, body: 'a=b' })
      expect([method, status]).toEqual([method, 415])
    }
  })

  it('names parameters that it does not know', async () => {
    if (!methods.includes('GET')) return
    const answer = await ask(`${address}?nonsense=1`)
    expect([answer.status, await answer.json()]).toMatchObject([
      400,
      { errors: [{ path: ['nonsense'] }] },
    ])
  })
})

it('refuses a body that is too large with a problem', async () => {
  const body = JSON.stringify({ name: 'x'.repeat(1024 * 1024) })
  const headers = { 'content-type': 'application/json' }
  const answer = await ask('/monitors', { method: 'POST', headers, body })
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
  expect([answer.status, await answer.json()]).toMatchObject([413, { status: 413 }])
})

it('tells the head of what it would tell', async () => {
  const answer = await ask('/monitors?nonsense=1', { method: 'HEAD' })
  expect([answer.status, await answer.text()]).toEqual([400, ''])
  expect(answer.headers.get('content-type')).toContain('application/problem+json')
})

it('tells by OPTIONS which methods there are', async () => {
  const answer = await ask('/monitors', { method: 'OPTIONS' })
  expect([405, 204]).toContain(answer.status)
  expect(answer.headers.get('allow')).toMatch(/GET.*POST/)
})

it('answers an unknown path with a problem', async () => {
  const answer = await ask('/nothing')
  expect([answer.status, await answer.json()]).toMatchObject([404, { title: 'Not found' }])
})

it('documents every operation', async () => {
  const document = (await (await fetch(`${doors.url}/api/openapi.json`)).json()) as {
    paths: Record<string, object>
  }
  const told = Object.values(document.paths).flatMap((item) =>
    Object.values(item).flatMap((one) => (one as { operationId?: string }).operationId ?? []),
  )
  expect(told.sort()).toEqual(OPERATIONS.map(({ operationId }) => operationId).sort())
})
