import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createClient } from 'graphql-ws'
import { WebSocket } from 'ws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { HttpDoors } from '../../test/http-doors.ts'

const APP =
  '<meta name="allswell-base" content="/" /><link href="/assets/a.css"><script src="/theme.js"></script><a href="//x.example/">x</a>'

let folder: string
let doors: HttpDoors

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'allswell-prefix-'))
  for (const name of ['assets', 'playground']) mkdirSync(path.join(folder, name))
  writeFileSync(path.join(folder, 'index.html'), APP)
  writeFileSync(path.join(folder, 'playground/index.html'), `${APP}<title>Playground</title>`)
  writeFileSync(path.join(folder, 'theme.js'), 'theme()')
  writeFileSync(path.join(folder, 'assets/a.css'), 'a{}')
  const publicUrl = 'https://example.com/uptime'
  doors = await HttpDoors.open({ webFolder: folder, front: { publicUrl, isLocalOnly: false } })
})
afterAll(async () => {
  await doors.close()
  rmSync(folder, { recursive: true })
})

const ask = (target: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(doors.url + target, { headers, redirect: 'manual' })
const page = { accept: 'text/html' }

describe.each(['/uptime', ''])('behind a proxy that sends %j before each path', (before) => {
  it('serves the app and its files, which name each other with the prefix', async () => {
    for (const place of ['/', '/w/acme/monitors/x?y']) {
      const html = await (await ask(before + place, page)).text()
      expect(html).toBe(
        '<meta name="allswell-base" content="/uptime/" /><link href="/uptime/assets/a.css"><script src="/uptime/theme.js"></script><a href="//x.example/">x</a>',
      )
    }
    expect(await (await ask(`${before}/theme.js`)).text()).toBe('theme()')
    expect(await (await ask(`${before}/assets/a.css`)).text()).toBe('a{}')
    expect(await (await ask(`${before}/graphql`, page)).text()).toContain('Playground')
  })

  it('answers GraphQL, health and pushes', async () => {
    const answer = await fetch(`${doors.url}${before}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    })
    expect(await answer.json()).toMatchObject({ data: { __typename: 'Query' } })
    expect((await ask(`${before}/healthz`)).status).toBe(200)
    expect((await ask(`${before}/api/push/abc`)).status).toBe(200)
    expect((await ask(`${before}/assets/none.js`)).status).toBe(404)
  })

  it('opens sockets', async () => {
    const url = `${doors.url.replace('http', 'ws')}${before}/graphql`
    const client = createClient({ url, webSocketImpl: WebSocket, lazy: false, retryAttempts: 0 })
    await new Promise((resolve, reject) => {
      client.on('connected', resolve)
      client.on('closed', reject)
    })
    await client.dispose()
  })

  it.each([
    ...['/%2e%2e/%2e%2e/etc/passwd', '/..%2f..%2fetc/passwd', '//evil.example', '/%00', '/ü'],
    ...['/\\evil.example', `/${'a'.repeat(4000)}`, '/uptime', '/%0d%0aset-cookie:x=y'],
  ])('has no fault at %s', async (target) => {
    const { status, headers } = await ask(before + encodeURI(target).replaceAll('%25', '%'), page)
    expect(status).toBeLessThan(500)
    expect(headers.get('location') ?? '').not.toContain('evil')
    expect(headers.get('set-cookie')).toBeNull()
  })
})

it('takes pages of its own origin for its own, and no others', async () => {
  const headers = { 'content-type': 'application/json', cookie: '__Secure-allswell=x' }
  const send = (origin: string) =>
    fetch(`${doors.url}/uptime/graphql`, {
      method: 'POST',
      headers: { ...headers, origin, 'x-forwarded-host': 'example.com' },
      body: JSON.stringify({ query: '{ __typename }' }),
    })
  expect((await send('https://example.com')).status).toBe(200)
  expect((await send('https://evil.example')).status).toBe(403)
})
