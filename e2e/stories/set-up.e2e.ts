import { setUp } from '../harness/accounts.ts'
import { expect, expectAccessible, test, watch } from './browser.ts'

test('the first visitor sets the server up, once, and after that nobody can', async ({
  bareServer,
  browser,
  context,
  page,
}) => {
  const faults = watch(context, bareServer.url)
  await page.goto(`${bareServer.url}/monitors/new?kind=http`)
  await expect(page.getByRole('heading', { name: 'Set up Allswell' })).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Create account' }).click()
  await expect(page.getByText('This is needed.').first()).toBeVisible()
  await expect(page.getByLabel('Your name')).toBeFocused()
  await expectAccessible(page)

  await page.getByLabel('Your name').fill('Ada Lovelace')
  await page.getByLabel('E-mail').fill('ada@example.com')
  await page.getByLabel('Workspace name').fill('Acme')
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill('short')
  await expect(page.getByText('Too short: 5 of 10 characters')).toBeVisible()
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill('purple window tractor')
  await expect(page.getByText(/^Strong|^Good/)).toBeVisible()
  await expectAccessible(page)
  await page.keyboard.press('Enter')

  await expect(page.getByRole('heading', { name: 'Watch your first service' })).toBeVisible()
  await expect(page.getByRole('button', { name: /Workspace: *Acme/ })).toBeVisible()
  await expect(page.getByRole('button', { name: /Your account: *Ada Lovelace/ })).toBeVisible()
  await expectAccessible(page)

  await page.goto(`${bareServer.url}/set-up`)
  await expect(page.getByRole('heading', { name: 'Watch your first service' })).toBeVisible()
  const stranger = await (await browser.newContext()).newPage()
  await stranger.goto(`${bareServer.url}/set-up`)
  await expect(stranger.getByRole('heading', { name: 'Sign in to Allswell' })).toBeVisible()
  expect(await setUp(bareServer.url)).toBeUndefined()
  await stranger.context().close()
  expect(faults).toEqual([])
})
