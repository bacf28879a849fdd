import type { Browser, BrowserContext, Page } from '@playwright/test'
import { ApartClient } from '../harness/apart-client.ts'
import { createMonitor, graphql } from '../harness/graphql.ts'
import { freePort, ServerProcess } from '../harness/server-process.ts'
import { TargetService } from '../harness/target-service.ts'
import { enterPassword, expect, expectAccessible, rowOf, test as base, watch } from './browser.ts'

interface House {
  server: ServerProcess
  /** As the browser knows them. */
  apiUrl: string
  webUrl: string
  context: BrowserContext
  /** The port of the pages, which answers under every name. */
  webPort: number
}

const test = base.extend<{ named: Browser }>({
  /** A browser that finds every name below `.test` on this machine. */
  named: async ({ playwright, launchOptions }, use) => {
    const args = [...(launchOptions.args ?? []), '--host-resolver-rules=MAP *.test 127.0.0.1']
    const browser = await playwright.chromium.launch({ ...launchOptions, args })
    await use(browser)
    await browser.close()
  },
})
test.setTimeout(240_000)

/** A server at api.allswell.test and its pages elsewhere. */
async function withHouse(
  browser: Browser,
  webHost: string,
  auth: 'cookie' | 'token',
  run: (house: House) => Promise<void>,
): Promise<void> {
  const [port, webPort] = [await freePort(), await freePort()]
  const apiUrl = `http://api.allswell.test:${port}`
  const webUrl = `http://${webHost}:${webPort}`
  const env = {
    HOST: '127.0.0.1',
    PUBLIC_URL: apiUrl,
    WEB_ORIGIN: webUrl,
    SETUP_TOKEN: 'a-token-that-only-the-owner-knows',
  }
  const server = await ServerProcess.start({ port, env })
  const client = await ApartClient.start({ apiUrl, auth, port: webPort })
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    await run({ server, apiUrl, webUrl, context, webPort })
  } finally {
    await context.close()
    await client.stop()
    await server.stop()
  }
}

/** Signs in, reloads, and sees a monitor go down and come up without a reload. */
async function signInAndWatch(page: Page, { server, webUrl }: House): Promise<void> {
  const target = await TargetService.start()
  const http = { url: target.url }
  const often = { intervalSeconds: 1, failAfter: 1, recoverAfter: 1 }
  await createMonitor(server.url, { name: 'Checkout', ...often, settings: { http } })
  await page.goto(webUrl)
  await expect(page.getByRole('heading', { name: 'Sign in to Allswell' })).toBeVisible()
  await expectAccessible(page)
  await enterPassword(page)
  await expect(rowOf(page, 'Checkout')).toContainText('Up')
  await page.reload()
  await expect(rowOf(page, 'Checkout')).toContainText('Up')
  await page.evaluate(() => Object.assign(window, { isSamePage: true }))
  await target.close()
  await expect(rowOf(page, 'Checkout')).toContainText('Down')
  await target.open()
  await expect(rowOf(page, 'Checkout')).toContainText('Up')
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
  await expectAccessible(page)
  await target.close()
}

/** What a page of another origin gets through each door, with all that the browser sends for it. */
function tryEveryDoor(apiUrl: string): Promise<Record<string, string>> {
  const query = '{ viewer { id } }'
  const create =
    'mutation { createMonitor(input: { name: "Planted", settings: { http: { url: "http://127.0.0.1/" } } }) { monitor { id } } }'
  const send = (path: string, init: RequestInit = {}) =>
    fetch(`${apiUrl}${path}`, { credentials: 'include', ...init }).then(
      (answer) => `read ${answer.status}`,
      () => 'refused',
    )
  const post = (path: string, type: string, body: string) =>
    send(path, { method: 'POST', headers: { 'content-type': type }, body })
  const json = 'application/json'
  const socket = new Promise<string>((resolve) => {
    const opened = new WebSocket(`${apiUrl.replace(/^http/, 'ws')}/graphql`, 'graphql-transport-ws')
    opened.onopen = () => resolve('open')
    opened.onerror = () => resolve('refused')
  })
  const stream = new Promise<string>((resolve) => {
    const address = `${apiUrl}/graphql/stream?query=${encodeURIComponent('subscription { events { cursor } }')}`
    const source = new EventSource(address, { withCredentials: true })
    source.onopen = () => resolve('open')
    source.onerror = () => {
      source.close()
      resolve('refused')
    }
  })
  const doors = {
    query: post('/graphql', json, JSON.stringify({ query })),
    mutation: post('/graphql', json, JSON.stringify({ query: create })),
    'mutation as text': post('/graphql', 'text/plain', JSON.stringify({ query: create })),
    'mutation as a form': post(
      '/graphql',
      'application/x-www-form-urlencoded',
      new URLSearchParams({ query: create }).toString(),
    ),
    'query by GET': send(`/graphql?query=${encodeURIComponent(query)}`),
    'stream by POST': post('/graphql/stream', json, JSON.stringify({ query })),
    stream,
    socket,
    token: post('/auth/token', json, JSON.stringify({ grant_type: 'password' })),
    'token by form': post(
      '/auth/token',
      'application/x-www-form-urlencoded',
      'grant_type=password',
    ),
  }
  return Promise.all(
    Object.entries(doors).map(async ([name, answer]) => [name, await answer] as const),
  ).then((told) => Object.fromEntries(told))
}

test('a client on another origin of the same site signs in by cookie and watches live; a neighbour is refused at every door', async ({
  named,
}) => {
  await withHouse(named, 'app.allswell.test', 'cookie', async (house) => {
    const { apiUrl, webUrl, context, server, webPort } = house
    const faults = watch(context, webUrl, apiUrl)
    const page = await context.newPage()
    await signInAndWatch(page, house)
    const cookies = await context.cookies(apiUrl)
    expect(cookies).toMatchObject([
      { httpOnly: true, sameSite: 'Lax', domain: 'api.allswell.test' },
    ])
    expect(await page.evaluate(() => document.cookie)).toBe('')
    expect(faults).toEqual([])

    // Same site: the browser sends the cookie along for it. Its policy is no obstacle to its own requests.
    const neighbour = await context.newPage()
    await neighbour.goto(`http://evil.allswell.test:${webPort}/favicon.svg`)
    const told = await neighbour.evaluate(tryEveryDoor, apiUrl)
    expect(new Set(Object.values(told)), JSON.stringify(told)).toEqual(new Set(['refused']))
    const { monitors } = await graphql<{ monitors: { totalCount: number } }>(
      server.url,
      '{ monitors { totalCount } }',
    )
    expect(monitors.totalCount).toBe(1)
  })
})

test('a client on another site signs in by tokens, keeps no cookie, and watches live', async ({
  named,
}) => {
  await withHouse(named, 'app.other.test', 'token', async (house) => {
    const { apiUrl, webUrl, context } = house
    const faults = watch(context, webUrl, apiUrl)
    const page = await context.newPage()
    await signInAndWatch(page, house)
    expect(await context.cookies([apiUrl, webUrl])).toEqual([])
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }]),
    )
    // A JWT begins so; it stays in memory.
    expect(kept).not.toContain('eyJ')
    await page.getByRole('button', { name: /Your account/ }).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(page.getByRole('heading', { name: 'Sign in to Allswell' })).toBeVisible()
    await page.reload()
    await expect(page.getByRole('heading', { name: 'Sign in to Allswell' })).toBeVisible()
    expect(faults).toEqual([])
  })
})
