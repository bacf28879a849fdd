import type { Browser, Page } from '@playwright/test'
import { gzipSync } from 'node:zlib'
import { createMonitor } from '../harness/graphql.ts'
import type { ServerProcess } from '../harness/server-process.ts'
import { createStatusPage } from '../harness/status-pages.ts'
import { TargetService } from '../harness/target-service.ts'
import { expect, expectAccessible, signInBrowser, test, watch } from './browser.ts'

/** A page with two sections; one component follows the target. */
async function publish(server: ServerProcess, target: TargetService, more: object = {}) {
  const id = await createMonitor(server.url, {
    ...{ name: 'internal name', intervalSeconds: 1, failAfter: 1, recoverAfter: 1 },
    settings: { http: { url: `${target.url}pay` } },
  })
  await createStatusPage(server.url, {
    ...{ slug: 'acme', title: 'Acme Status', description: 'How **Acme** is doing' },
    ...{ accentColor: '#6d28d9', timeZone: 'Europe/Berlin' },
    sections: [
      {
        name: 'Shop',
        components: [
          { name: 'Checkout', description: 'Where people pay', monitorIds: [id], showChart: true },
          { name: 'Search', monitorIds: [] },
        ],
      },
      { name: 'Elsewhere', isCollapsed: true, components: [{ name: 'Blog', monitorIds: [] }] },
    ],
    ...more,
  })
  return `${server.url}/status/acme`
}

const stateOf = (page: Page, name: string) =>
  page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name }) })
    .locator('.sp-state')

/** A visitor whose faults are written down. */
async function visitor(browser: Browser, server: ServerProcess, options: object = {}) {
  const context = await browser.newContext({ locale: 'en-US', ...options })
  return { page: await context.newPage(), faults: watch(context, server.url), context }
}

test('a visitor without JavaScript finds everything on the page, in their language', async ({
  browser,
  server,
}) => {
  const target = await TargetService.start()
  const url = await publish(server, target)
  const { page, faults, context } = await visitor(browser, server, { javaScriptEnabled: false })
  await expect(async () => {
    await page.goto(url)
    await expect(stateOf(page, 'Checkout')).toHaveText('Operational', { timeout: 500 })
  }).toPass()
  await expect(page).toHaveTitle('Acme Status · All systems operational')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Acme Status')
  await expect(page.getByText('Where people pay')).toBeVisible()
  await expect(page.getByRole('img', { name: 'Checkout, the last 90 days' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Past outages' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Atom feed' })).toHaveAttribute(
    'href',
    '/status/acme/feed.atom',
  )
  await expect(page.getByText('Blog')).toBeHidden()
  await page.getByText('Elsewhere').click()
  await expect(page.getByText('Blog')).toBeVisible()
  await page.getByRole('link', { name: 'Deutsch' }).click()
  await expect(page.getByText('Alle Systeme laufen')).toBeVisible()
  await expect(page.locator('html')).toHaveAttribute('lang', 'de')
  expect(await page.content()).not.toContain('internal name')
  expect(faults).toEqual([])
  await context.close()
  await target.close()
})

test('a service that stops changes under the visitor’s eyes within two seconds, without a question', async ({
  browser,
  server,
}) => {
  const target = await TargetService.start()
  const url = await publish(server, target)
  const { page, faults, context } = await visitor(browser, server)
  const asked: string[] = []
  const scripts = new Map<string, number>()
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script') return
    void response.body().then((body) => scripts.set(response.url(), gzipSync(body).length))
  })
  await expect(async () => {
    await page.goto(url)
    await expect(stateOf(page, 'Checkout')).toHaveText('Operational', { timeout: 500 })
  }).toPass()
  await expect(page.locator('.sp-pill')).toHaveText('Live')
  const bytes = [...scripts.values()].reduce((sum, size) => sum + size, 0)
  expect(scripts.size).toBeGreaterThan(1)
  expect(bytes).toBeLessThan(100_000)
  page.on('request', (request) => asked.push(`${request.method()} ${request.url()}`))

  await target.close()
  const failed = Date.now()
  await expect(stateOf(page, 'Checkout')).toHaveText('Outage')
  // A second of it may pass until the next check.
  expect(Date.now() - failed).toBeLessThan(3_000)
  await expect(page).toHaveTitle(/Some systems are down/)
  await expect(page.getByRole('heading', { name: 'Checkout · Outage' })).toBeVisible()
  await expectAccessible(page)

  await target.open()
  await expect(stateOf(page, 'Checkout')).toHaveText('Operational')
  expect(asked).toEqual([])

  await server.kill()
  await expect(page.locator('.sp-pill')).toContainText('Reconnecting… Data as of')
  await server.launch()
  await expect(page.locator('.sp-pill')).toHaveText('Live')
  expect(faults).toEqual([])
  await context.close()
  await target.close()
})

test('the page fits a phone, a keyboard and a sheet of paper', async ({ browser, server }) => {
  const target = await TargetService.start()
  const url = await publish(server, target)
  const viewport = { width: 390, height: 844 }
  const { page, faults, context } = await visitor(browser, server, { viewport })
  await page.goto(`${url}?lang=fr`)
  await expect(page.locator('.sp-pill')).toHaveText('En direct')
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await expectAccessible(page)
  const bars = page.getByRole('slider').first()
  await bars.focus()
  await page.keyboard.press('Home')
  await expect(bars).toHaveAttribute('aria-valuenow', '0')
  await expect(page.locator('.sp-tip')).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('button', { name: 'S’abonner' })).toBeHidden()
  await expect(page.getByRole('heading', { name: 'Checkout' })).toBeVisible()
  expect(faults).toEqual([])
  await context.close()
  await target.close()
})

test('a page for members looks like none to strangers, and opens to members', async ({
  browser,
  server,
}) => {
  const target = await TargetService.start()
  const url = await publish(server, target, { visibility: 'MEMBERS' })
  const { page, context } = await visitor(browser, server)
  expect((await page.goto(url))?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'There is no such page' })).toBeVisible()
  const foreign = await page.content()
  await page.goto(`${server.url}/status/none`)
  expect((await page.content()).replaceAll('none', 'acme')).toBe(foreign)
  await expectAccessible(page)

  await signInBrowser(context, server.url, server.session)
  const answer = await page.goto(url)
  expect(answer?.headers()['cache-control']).toBe('private, no-store')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Acme Status')
  await expect(page.locator('.sp-pill')).toHaveText('Live')
  await target.close()
})

test('a page with a password asks for it, and opens to it', async ({ browser, server }) => {
  const target = await TargetService.start()
  const password = 'correct horse battery'
  const url = await publish(server, target, { visibility: 'PASSWORD', password })
  const { page } = await visitor(browser, server, { javaScriptEnabled: false })
  expect((await page.goto(url))?.status()).toBe(401)
  await page.getByLabel('Password').fill('wrong')
  await page.getByRole('button', { name: 'Open the page' }).click()
  await expect(page.getByRole('alert')).toHaveText('That was not the password.')
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Open the page' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Acme Status')
  await target.close()
})
