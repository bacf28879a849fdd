import { OWNER, signIn } from '../harness/accounts.ts'
import { turnOnTotp } from '../harness/second-factor.ts'
import { enterPassword, expect, expectAccessible, test, watch } from './browser.ts'

test('somebody signs in by password, and comes to the page that was asked for', async ({
  context,
  page,
  server,
}) => {
  const faults = watch(context, server.url)
  await page.goto(`${server.url}/?q=shop`)
  await expect(page.getByRole('heading', { name: 'Sign in to Allswell' })).toBeVisible()
  await expectAccessible(page)
  await enterPassword(page, 'not the right one')
  await expect(page.getByText(/password.*(wrong|not right|do not|don’t)|do not fit/i)).toBeVisible()
  await expectAccessible(page)
  await enterPassword(page, OWNER.password)
  await expect(page.getByRole('button', { name: /Your account/ })).toBeVisible()
  expect(new URL(page.url()).search).toBe('?q=shop')

  await page.getByRole('button', { name: /Your account/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in to Allswell' })).toBeVisible()
  await page.goto(server.url)
  await expect(page.getByRole('heading', { name: 'Sign in to Allswell' })).toBeVisible()
  expect(faults).toEqual([])
})

test('with a second factor the password alone opens nothing; the code of the app does, once, and so does a recovery code', async ({
  browser,
  context,
  page,
  server,
}) => {
  const { app, recoveryCodes } = await turnOnTotp(
    server.url,
    await signIn(server.url),
    OWNER.password,
  )
  const faults = watch(context, server.url)
  await page.goto(server.url)
  await enterPassword(page, OWNER.password)
  await expect(page.getByRole('heading', { name: 'Enter your code' })).toBeVisible()
  await expectAccessible(page)
  const code = page.getByLabel('6-digit code')
  await expect(code).toBeFocused()
  await code.fill(app.code(5))
  await page.keyboard.press('Enter')
  await expect(code).toHaveAttribute('aria-invalid', 'true')
  await expectAccessible(page)
  expect(await context.cookies()).toEqual([])
  const used = app.code()
  await code.fill(used)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /Your account/ })).toBeVisible()

  const elsewhere = await browser.newContext()
  const other = await elsewhere.newPage()
  await other.goto(server.url)
  await enterPassword(other, OWNER.password)
  await other.getByLabel('6-digit code').fill(used)
  await other.keyboard.press('Enter')
  await expect(other.getByLabel('6-digit code')).toHaveAttribute('aria-invalid', 'true')
  await other.getByRole('button', { name: 'Use a recovery code instead' }).click()
  await other.getByLabel('Recovery code').fill(recoveryCodes[0] ?? '')
  await other.keyboard.press('Enter')
  await expect(other.getByRole('button', { name: /Your account/ })).toBeVisible()
  await elsewhere.close()
  expect(faults).toEqual([])
})
