import { createMonitor } from '../harness/graphql.ts'
import { TargetService } from '../harness/target-service.ts'
import { expect, expectAccessible, rowOf, test, watch } from './browser.ts'

const VIEWER = {
  name: 'Grace Hopper',
  email: 'grace@example.com',
  password: 'purple window tractor',
}

test('an invitation lets somebody in as viewer, once: they see everything, can change nothing, and are told why', async ({
  app,
  browser,
  server,
}) => {
  const target = await TargetService.start()
  await createMonitor(server.url, {
    name: 'Checkout',
    intervalSeconds: 60,
    settings: { http: { url: target.url } },
  })
  await app.goto(`${server.url}/settings/members`)
  await expect(app.getByRole('heading', { name: '1 member' })).toBeVisible()
  await expectAccessible(app)
  await app.getByRole('button', { name: 'Invite' }).click()
  const dialog = app.getByRole('dialog')
  await dialog.getByRole('radio', { name: /Viewer/ }).check()
  await expectAccessible(app)
  await dialog.getByRole('button', { name: 'Make a link' }).click()
  await expect(dialog.getByText('It works once, and is shown only now.')).toBeVisible()
  const link =
    (await dialog.getByRole('code').or(dialog.locator('code')).first().textContent()) ?? ''
  expect(new URL(link).origin).toBe(server.url)
  await expectAccessible(app)
  await dialog.getByRole('button', { name: 'Done' }).click()

  const theirs = await browser.newContext()
  const faults = watch(theirs, server.url)
  const page = await theirs.newPage()
  await page.goto(link)
  await expect(page.getByRole('heading', { name: 'Join Example' })).toBeVisible()
  await expect(page.getByText('Ada Lovelace invites you to be a viewer.')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('textbox', { name: 'Your name' }).fill(VIEWER.name)
  await page.getByRole('textbox', { name: 'E-mail' }).fill(VIEWER.email)
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(VIEWER.password)
  await page.getByRole('button', { name: 'Create account and join' }).click()

  await expect(rowOf(page, 'Checkout')).toContainText('Up')
  await expect(page.getByText('View only').first()).toBeVisible()
  await expectAccessible(page)
  const create = page.getByRole('button', { name: 'New monitor' }).first()
  await expect(create).toHaveAttribute('aria-disabled', 'true')
  await create.focus()
  await expect(page.getByText('Viewers can look, not change. Ask an admin.').first()).toBeVisible()
  await page.goto(`${server.url}/monitors/new?kind=http`)
  await expect(page.getByText('You can’t change monitors here')).toBeVisible()
  await expectAccessible(page)
  await page.goto(`${server.url}/settings/tokens`)
  await expect(
    page.getByText('API tokens act for the workspace, so admins and owners manage them.'),
  ).toBeVisible()
  await expectAccessible(page)
  await page.goto(`${server.url}/settings/members`)
  await expect(page.getByText(/Only admins and owners can invite/)).toBeVisible()
  await expect(page.getByRole('row').filter({ hasText: VIEWER.name })).toContainText('You')

  const late = await (await browser.newContext()).newPage()
  await late.goto(link)
  await expect(late.getByText('This invitation no longer works')).toBeVisible()
  await expectAccessible(late)
  await late.context().close()

  await app.reload()
  await expect(app.getByRole('heading', { name: '2 members' })).toBeVisible()
  expect(faults).toEqual([])
  await theirs.close()
  await target.close()
})
