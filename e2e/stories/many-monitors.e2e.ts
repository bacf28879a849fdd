import { createMonitor } from '../harness/graphql.ts'
import { TargetService } from '../harness/target-service.ts'
import { expect, expectAccessible, rowOf, test } from './browser.ts'

test('several monitors are paused, resumed and deleted at once, and a deletion is undone', async ({
  app,
  server,
}) => {
  const target = await TargetService.start()
  for (const name of ['Alpha', 'Beta', 'Gamma'])
    await createMonitor(server.url, {
      name,
      intervalSeconds: 20,
      settings: { http: { url: `${target.url}${name}` } },
    })
  await app.goto(`${server.url}/?sort=name`)
  for (const name of ['Alpha', 'Beta', 'Gamma']) await expect(rowOf(app, name)).toContainText('Up')

  const bar = app
    .getByRole('group', { name: 'Selected monitors' })
    .or(app.getByRole('toolbar', { name: 'Selected monitors' }))
    .or(app.getByRole('region', { name: 'Selected monitors' }))
  const selectBoth = async () => {
    for (const name of ['Alpha', 'Beta'])
      await rowOf(app, name).getByRole('checkbox').setChecked(true)
    await expect(bar.first()).toContainText('2 selected')
  }
  const act = async (action: string) => {
    await selectBoth()
    await bar.first().getByRole('button', { name: action }).click()
  }
  await act('Pause')
  for (const name of ['Alpha', 'Beta']) await expect(rowOf(app, name)).toContainText('Paused')
  await expect(rowOf(app, 'Gamma')).toContainText('Up')
  await expectAccessible(app)
  await act('Resume')
  for (const name of ['Alpha', 'Beta']) await expect(rowOf(app, name)).toContainText('Up')
  await act('Delete')
  for (const name of ['Alpha', 'Beta']) await expect(rowOf(app, name)).toHaveCount(0)
  const notice = app.getByRole('listitem').filter({ hasText: '2 monitors deleted' })
  await notice.getByRole('button', { name: 'Undo' }).click()
  for (const name of ['Alpha', 'Beta']) await expect(rowOf(app, name)).toContainText('Up')
  await target.close()
})

test('filter and order stand in the address and survive a reload', async ({ app, server }) => {
  const target = await TargetService.start()
  for (const name of ['Alpha', 'Beta'])
    await createMonitor(server.url, {
      name,
      intervalSeconds: 20,
      settings: { http: { url: target.url } },
    })
  await app.getByRole('searchbox', { name: 'Filter monitors' }).fill('alp')
  await expect(rowOf(app, 'Beta')).toHaveCount(0)
  await expect(app).toHaveURL(/alp/)
  await app.reload()
  await expect(rowOf(app, 'Alpha')).toBeVisible()
  await expect(rowOf(app, 'Beta')).toHaveCount(0)
  await target.close()
})

test('the palette opens by keyboard and finds a monitor', async ({ app, server }) => {
  const target = await TargetService.start()
  await createMonitor(server.url, {
    name: 'Warehouse',
    intervalSeconds: 20,
    settings: { http: { url: target.url } },
  })
  await expect(rowOf(app, 'Warehouse')).toBeVisible()
  await app.keyboard.press('Control+k')
  await app
    .getByRole('dialog')
    .getByRole('combobox')
    .or(app.getByRole('dialog').getByRole('textbox'))
    .first()
    .fill('wareh')
  await expectAccessible(app)
  await app.keyboard.press('Enter')
  await expect(app.getByRole('complementary', { name: 'Warehouse' })).toBeVisible()
  await target.close()
})

test('on a phone rows become cards, the detail a sheet, and nothing is wider than the screen', async ({
  app,
  server,
}) => {
  const target = await TargetService.start()
  await createMonitor(server.url, {
    name: 'Warehouse',
    intervalSeconds: 20,
    settings: { http: { url: target.url } },
  })
  await app.setViewportSize({ width: 390, height: 844 })
  await app.goto(server.url)
  await app.getByRole('link', { name: 'Warehouse' }).click()
  await expect(app.getByText('Up for', { exact: false }).first()).toBeVisible()
  expect(await app.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await expectAccessible(app)
  await target.close()
})
