import { createMonitor } from '../harness/graphql.ts'
import { enterPassword, expect, expectAccessible, rowOf, test, watch } from './browser.ts'

test('a session that is ended in one browser is signed out in the other at once', async ({
  app,
  browser,
  server,
}) => {
  await createMonitor(server.url, {
    name: 'Checkout',
    intervalSeconds: 60,
    settings: { push: { periodSeconds: 60 } },
  })
  const lost = await browser.newContext({
    userAgent:
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1',
  })
  const faults = watch(lost, server.url)
  const phone = await lost.newPage()
  await phone.goto(server.url)
  await enterPassword(phone)
  await expect(
    rowOf(phone, 'Checkout')
      .or(phone.getByRole('link', { name: 'Checkout' }))
      .first(),
  ).toBeVisible()
  await expect(phone.getByText('Live', { exact: true }).first()).toBeAttached()

  await app.goto(`${server.url}/account/sessions`)
  await expect(app.getByRole('heading', { name: 'Where am I signed in' })).toBeVisible()
  await expect(app.getByRole('listitem').filter({ hasText: 'This session' })).toHaveCount(1)
  await expectAccessible(app)
  await app.getByRole('button', { name: /^Sign out: .*(iPhone|iOS)/ }).click()
  const dialog = app
    .getByRole('dialog', { name: 'Sign out there?' })
    .or(app.getByRole('alertdialog'))
  await expectAccessible(app)
  await dialog.getByRole('button', { name: 'Sign out' }).click()
  const endedAt = Date.now()

  await expect(phone.getByRole('heading', { name: 'Sign in to Allswell' })).toBeVisible()
  expect(Date.now() - endedAt).toBeLessThan(5_000)
  await expect(phone.getByText('Checkout')).toHaveCount(0)
  await expectAccessible(phone)
  await expect(app.getByRole('button', { name: /^Sign out: .*(iPhone|iOS)/ })).toHaveCount(0)
  await app.goto(server.url)
  await expect(rowOf(app, 'Checkout')).toBeVisible()
  expect(faults).toEqual([])
  await lost.close()
})
