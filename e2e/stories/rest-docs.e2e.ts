import type { Page } from '@playwright/test'
import { createToken } from '../harness/accounts.ts'
import { expect, expectAccessible, signInBrowser, test, watch } from './browser.ts'

const block = (page: Page, name: string) => page.locator(`[id$="-${name}"]`).first()

/** Opens an operation, fills its parameters in, sends it, and answers the status that came back. */
async function tryOut(
  page: Page,
  name: string,
  { parameters = {}, body }: { parameters?: Record<string, string>; body?: object } = {},
): Promise<string> {
  const place = block(page, name)
  await place.locator('.opblock-summary-control').click()
  for (const [label, value] of Object.entries(parameters))
    await place.getByPlaceholder(label, { exact: true }).fill(value)
  if (body) await place.getByLabel('Body').fill(JSON.stringify(body))
  await place.getByRole('button', { name: 'Execute' }).click()
  const status = place.locator('.live-responses-table .response-col_status').last()
  await expect(status).toHaveText(/\d{3}/)
  return (await status.innerText()).trim().slice(0, 3)
}

const answerOf = (page: Page, name: string) =>
  block(page, name).locator('.live-responses-table pre.microlight').first().innerText()

test('REST is tried out in its documentation, signed in as you, and without the internet', async ({
  context,
  page,
  server,
}) => {
  await signInBrowser(context, server.url, server.session)
  const faults = watch(context, server.url)
  await page.goto(`${server.url}/api/docs`)
  await expect(block(page, 'createMonitor')).toBeVisible()
  await expectAccessible(page)

  const settings = { http: { url: 'https://example.com' } }
  const body = { name: 'Shop', intervalSeconds: 60, isPaused: true, settings }
  expect(await tryOut(page, 'createMonitor', { body })).toBe('201')
  await expectAccessible(page)
  const { id } = JSON.parse(await answerOf(page, 'createMonitor')) as { id: string }
  expect(await tryOut(page, 'getMonitor', { parameters: { id } })).toBe('200')
  await expect(block(page, 'getMonitor')).toContainText('"Shop"')
  const late = { id, 'If-Match': '"99"' }
  expect(await tryOut(page, 'updateMonitor', { parameters: late, body: { name: 'Store' } })).toBe(
    '412',
  )
  expect(await tryOut(page, 'deleteMonitor', { parameters: { id } })).toBe('204')
  expect(faults).toEqual([])

  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
})

test('strangers may read the documentation, and act with a token', async ({ page, server }) => {
  const { secret } = await createToken(server.url, server.session)
  await page.goto(`${server.url}/api/docs`)
  expect(await tryOut(page, 'listMonitors')).toBe('401')
  await page.getByRole('button', { name: 'Authorize' }).first().click()
  const dialog = page.locator('.dialog-ux')
  await dialog.getByRole('textbox').first().fill(secret)
  await dialog
    .getByRole('button', { name: /Apply credentials|Authorize/ })
    .first()
    .click()
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await block(page, 'listMonitors').getByRole('button', { name: 'Execute' }).click()
  await expect(
    block(page, 'listMonitors').locator('.live-responses-table .response-col_status').last(),
  ).toHaveText(/200/)
})
