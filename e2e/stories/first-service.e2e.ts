import { TargetService } from '../harness/target-service.ts'
import { expect, expectAccessible, rowOf, test } from './browser.ts'

test('a newcomer pastes an address, tries it, saves it, and sees it come up without a reload', async ({
  app,
}) => {
  const target = await TargetService.start()
  await expect(app.getByRole('heading', { name: 'Watch your first service' })).toBeVisible()
  await expectAccessible(app)

  await app.getByRole('textbox', { name: 'Address to watch' }).fill(`${target.url}health`)
  await app.getByRole('button', { name: 'Watch it' }).click()
  const dialog = app.getByRole('dialog', { name: 'New monitor' })
  await expect(dialog.getByRole('textbox', { name: 'URL' })).toHaveValue(`${target.url}health`)
  await expect(dialog.getByRole('combobox', { name: 'Type' })).toHaveValue('http')
  await expect(dialog.getByRole('textbox', { name: 'Name', exact: true })).not.toHaveValue('')

  await dialog.getByRole('button', { name: 'Test now' }).click()
  const result = dialog.getByRole('region', { name: 'Result of the test' })
  await expect(result).toContainText('HTTP 200')
  await expect(result).toContainText('Connection')
  await expectAccessible(app)
  expect(target.requests).toBe(1)

  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Shop')
  let navigations = 0
  app.on('framenavigated', (frame) => frame === app.mainFrame() && navigations++)
  await app.evaluate(() => Object.assign(window, { isSamePage: true }))
  await dialog.getByRole('button', { name: 'Create monitor' }).click()
  await expect(rowOf(app, 'Shop')).toContainText('Up')
  expect(await app.evaluate(() => 'isSamePage' in window)).toBe(true)
  await expectAccessible(app)
  await target.close()
})

test('an address that is none says so and keeps what was typed', async ({ app }) => {
  await app.getByRole('textbox', { name: 'Address to watch' }).fill('not an address')
  await app.getByRole('button', { name: 'Watch it' }).click()
  await expect(app.getByText('Nothing fits “not an address”', { exact: false })).toBeVisible()
})

test('a job gets a push address, and its call turns the monitor up', async ({
  app,
  server,
  request,
}) => {
  await app.goto(`${server.url}/monitors/new`)
  await app.getByText('Push (heartbeat)').click()
  const dialog = app.getByRole('dialog', { name: 'New monitor' })
  await dialog.getByRole('textbox', { name: 'Name', exact: true }).fill('Nightly backup')
  await dialog.getByRole('button', { name: 'Create monitor' }).click()
  await expect(rowOf(app, 'Nightly backup')).toContainText('Pending')
  // The lines for a job are shown at once; other formats one click away.
  const ping = /\/ping\/[\da-f-]{36}/
  const [pingPath] = ping.exec((await app.getByText(ping).first().textContent()) ?? '') ?? []
  await expectAccessible(app)
  await app.getByText('Uptime Kuma', { exact: true }).click()
  const push = /\/api\/push\/[\w-]+/
  const [pushPath] = push.exec((await app.getByText(push).first().textContent()) ?? '') ?? []
  const answer = await request.get(`${server.url}${pushPath}?status=up&msg=OK&ping=12`)
  expect(await answer.json()).toEqual({ ok: true })
  await expect(rowOf(app, 'Nightly backup')).toContainText('Up')
  // The same job reports a failed run with its output.
  const failed = await request.post(`${server.url}${pingPath}/3`, { data: 'No space left' })
  expect(await failed.text()).toBe('OK')
  await expect(rowOf(app, 'Nightly backup')).toContainText('Down')
})
