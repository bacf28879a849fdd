import type { Browser, Locator, Page } from '@playwright/test'
import { createMonitor } from '../harness/graphql.ts'
import type { ServerProcess } from '../harness/server-process.ts'
import { TargetService } from '../harness/target-service.ts'
import { expect, expectAccessible, test } from './browser.ts'

const part = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const preview = (page: Page) => part(page, 'Preview')
const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true })

const componentsOn = (page: Page | Locator) =>
  page.getByRole('listitem').getByRole('heading', { level: 3 })

/** The names of the components, in the order in which they stand. */
const orderIn = (page: Page, kind: string) =>
  page
    .locator(`[data-kind="${kind}"]`)
    .evaluateAll((items) =>
      items.map((item) => item.querySelector('[data-part="grip"]')!.ariaLabel),
    )

async function watchTarget(server: ServerProcess, target: TargetService, name: string) {
  return createMonitor(server.url, {
    ...{ name, intervalSeconds: 1, failAfter: 1, recoverAfter: 1 },
    settings: { http: { url: `${target.url}${name}` } },
  })
}

/** A page called Acme, written in the app, with a component for each monitor. */
async function write(app: Page): Promise<void> {
  await app.getByRole('link', { name: 'Status pages' }).click()
  await app.getByRole('button', { name: 'Create a status page' }).click()
  await app.getByRole('textbox', { name: 'Title' }).fill('Acme')
  await app.getByRole('textbox', { name: 'Description' }).first().fill('How **Acme** is doing')
  await app.getByRole('button', { name: 'Add all 3 monitors not shown yet' }).click()
}

/** What somebody gets who is not signed in. */
async function stranger(browser: Browser) {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-US' })
  return { page: await context.newPage(), context }
}

test('a page is built in the app, shown as it will be, and visited', async ({
  app,
  browser,
  server,
}) => {
  const target = await TargetService.start()
  for (const name of ['Basket', 'Checkout', 'Search']) await watchTarget(server, target, name)
  await app.reload()
  await write(app)
  await expect(app.getByRole('textbox', { name: 'Address' })).toHaveValue('acme')
  await expect(preview(app).getByRole('heading', { level: 1 })).toHaveText('Acme')
  await expect(preview(app).getByText('Acme', { exact: true }).last()).toHaveCSS(
    'font-weight',
    '700',
  )
  await app.getByRole('textbox', { name: 'Name of section 1' }).fill('Shop')

  // By keyboard: Search before Basket.
  await app.getByRole('button', { name: 'Move Search', exact: true }).focus()
  await app.keyboard.press('Alt+ArrowUp')
  await app.keyboard.press('Alt+ArrowUp')
  expect(await orderIn(app, 'component')).toEqual(['Move Search', 'Move Basket', 'Move Checkout'])
  await expect(app.getByRole('button', { name: 'Move Search', exact: true })).toBeFocused()
  await expect(app.locator('[data-news]')).toHaveText('Search is now 1 of 3 in Shop.')

  // By mouse: Search behind Checkout.
  const from = await app.getByRole('button', { name: 'Move Search', exact: true }).boundingBox()
  const last = await app.locator('[data-kind="component"]').last().boundingBox()
  await app.mouse.move(from!.x + 8, from!.y + 8)
  await app.mouse.down()
  await app.mouse.move(from!.x + 8, last!.y + last!.height - 4, { steps: 8 })
  await app.mouse.up()
  expect(await orderIn(app, 'component')).toEqual(['Move Basket', 'Move Checkout', 'Move Search'])
  await expect(componentsOn(preview(app))).toHaveText(['Basket', 'Checkout', 'Search'])

  await app.getByRole('button', { name: /Checkout$/, expanded: false }).click()
  await app.getByRole('switch', { name: 'Response times of the last day' }).click()
  await expectAccessible(app)
  await app.getByRole('button', { name: 'Create page' }).click()
  await expect(app.getByText('The page is there')).toBeVisible()
  await expect(app).toHaveURL(/\/status-pages\/[0-9a-f-]{36}$/)

  const { page, context } = await stranger(browser)
  await page.goto(`${server.url}/status/acme`)
  await expect(componentsOn(page)).toHaveText(['Basket', 'Checkout', 'Search'])
  await expect(page.getByText('How Acme is doing')).toBeVisible()
  await context.close()

  // The list follows what happens, and so do feed and badge.
  await app.getByRole('button', { name: 'To the status pages' }).click()
  const row = app.getByRole('row').filter({ hasText: 'Acme' })
  await expect(row).toContainText('Operational')
  await target.close()
  await expect(row).toContainText('Outage')
  await expectAccessible(app)
  const told = async (path: string) => (await fetch(`${server.url}${path}`)).text()
  await expect(async () => {
    expect(await told('/badge/acme.svg')).toContain('major outage')
    expect(await told('/status/acme/feed.atom')).toContain('Checkout')
    expect(await told('/status/acme/feed.rss')).toContain('Checkout')
  }).toPass()
})

test('what is refused stays on screen, nothing typed is lost, and two editors do not overwrite each other', async ({
  app,
  context,
  server,
}) => {
  const target = await TargetService.start()
  for (const name of ['Basket', 'Checkout', 'Search']) await watchTarget(server, target, name)
  await app.reload()
  await write(app)
  await app.getByRole('textbox', { name: 'Address' }).fill('Not good')
  await app.getByRole('button', { name: 'Create page' }).click()
  await expect(app.getByText('Only a-z, 0-9 and -')).toBeVisible()
  await expect(app.getByRole('textbox', { name: 'Address' })).toBeFocused()
  await app.getByRole('textbox', { name: 'Address' }).fill('acme')
  await app.keyboard.press('ControlOrMeta+s')
  await expect(app.getByText('The page is there')).toBeVisible()

  const other = await context.newPage()
  await other.goto(app.url())
  await other.getByRole('textbox', { name: 'Title' }).fill('Acme Corporation')
  await save(other).click()
  await expect(other.getByText('Saved. Visitors see it now.')).toBeVisible()

  await app.getByRole('textbox', { name: 'Description' }).first().fill('Mine')
  await save(app).click()
  await expect(app.getByText('Somebody else has saved this page meanwhile')).toBeVisible()
  await app.getByRole('button', { name: 'Save mine over it' }).click()
  await expect(app.getByText('Saved. Visitors see it now.')).toBeVisible()
  const text = await (await fetch(`${server.url}/status/acme`)).text()
  expect(text).toContain('Acme Corporation')
  expect(text).toContain('Mine')

  // Undo goes back; leaving with changes is asked about.
  await app.getByRole('textbox', { name: 'Title' }).fill('Something else')
  await app.getByRole('button', { name: 'Undo' }).click()
  await expect(app.getByRole('textbox', { name: 'Title' })).toHaveValue('Acme Corporation')
  await app.getByRole('button', { name: 'Redo' }).click()
  await app.getByRole('link', { name: 'Monitors', exact: true }).click()
  await expect(app.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible()
  await app.getByRole('button', { name: 'Leave' }).click()
  await expect(app.getByRole('row').filter({ hasText: 'Basket' })).toBeVisible()
  await other.close()
  await target.close()
})

test('on a phone a page is made private, shared and deleted', async ({ app, browser, server }) => {
  await app.setViewportSize({ width: 390, height: 844 })
  await app.getByRole('link', { name: 'Pages' }).click()
  await app.getByRole('button', { name: 'Create a status page' }).click()
  await app.getByRole('textbox', { name: 'Title' }).fill('Inside')
  await app.getByRole('button', { name: 'Add component' }).click()
  await app.getByRole('textbox', { name: 'Name', exact: true }).fill('Blog')
  await app.getByRole('radio', { name: /^With a password/ }).check()
  await app.getByRole('button', { name: 'Create page' }).click()
  await expect(app.getByText('Choose the password that visitors must give.')).toBeVisible()
  await app.getByRole('textbox', { name: 'Password' }).fill('correct horse battery')
  await expectAccessible(app)
  expect(await app.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await app.getByRole('button', { name: 'Create page' }).click()
  await expect(app.getByText('The page is there')).toBeVisible()

  const { page, context } = await stranger(browser)
  expect((await page.goto(`${server.url}/status/inside`))?.status()).toBe(401)
  await page.getByLabel('Password').fill('correct horse battery')
  await page.getByRole('button', { name: 'Open the page' }).click()
  await expect(page.getByRole('heading', { name: 'Blog' })).toBeVisible()

  await app.getByRole('tab', { name: 'Preview' }).click()
  await expect(preview(app).getByRole('heading', { name: 'Blog' })).toBeVisible()
  await app.getByRole('button', { name: 'More actions' }).click()
  await app.getByRole('menuitem', { name: 'Share' }).click()
  await expect(app.getByText('This page is not open to everybody')).toBeVisible()
  await app.keyboard.press('Escape')
  await app.getByRole('button', { name: 'More actions' }).click()
  await app.getByRole('menuitem', { name: 'Delete page' }).click()
  await app.getByRole('dialog').getByRole('button', { name: 'Delete page' }).click()
  await expect(app.getByText('Tell people how things are')).toBeVisible()
  expect((await page.goto(`${server.url}/status/inside`))?.status()).toBe(404)
  await context.close()
})
