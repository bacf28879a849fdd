import { nobody } from '../harness/credentials.ts'
import { ask, createMonitor } from '../harness/graphql.ts'
import { until } from '../harness/server-process.ts'
import { expect, expectAccessible, test } from './browser.ts'

const LOOK = '{ viewer { name kind } monitors(first: 10) { nodes { name } } }'

test('an API token is made, shown once, used by a program, and refused once it is revoked; the audit log shows it', async ({
  app,
  server,
}) => {
  await createMonitor(server.url, {
    name: 'Checkout',
    intervalSeconds: 60,
    settings: { push: { periodSeconds: 60 } },
  })
  await app.goto(`${server.url}/settings/tokens`)
  await expect(app.getByRole('heading', { name: 'API tokens' }).first()).toBeVisible()
  await expectAccessible(app)
  await app.getByRole('button', { name: 'New token' }).click()
  const dialog = app.getByRole('dialog')
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Deploy script')
  await dialog.getByRole('radio', { name: /^Viewer/ }).check()
  await expectAccessible(app)
  await dialog.getByRole('button', { name: 'Create token' }).click()
  await expect(dialog.getByText('Copy it now: it is shown only this once.')).toBeVisible()
  const secret = (await dialog.locator('code').first().textContent())?.trim() ?? ''
  expect(secret).toMatch(/^aw_\w{20,}/)
  await expect(dialog.getByRole('region', { name: 'curl' })).toContainText(secret)
  await expectAccessible(app)
  await dialog.getByRole('button', { name: 'I have copied it' }).click()
  await expect(app.getByText('Deploy script')).toBeVisible()
  await app.reload()
  await expect(app.getByText('Deploy script')).toBeVisible()
  expect(await app.content()).not.toContain(secret)

  const credential = { authorization: `Bearer ${secret}` }
  const answer = await ask<object>(server.url, LOOK, {}, credential)
  expect(answer.errors).toBeUndefined()
  expect(answer.data).toEqual({
    viewer: { name: 'Deploy script', kind: 'API_TOKEN' },
    monitors: { nodes: [{ name: 'Checkout' }] },
  })
  const refused = await ask(
    server.url,
    'mutation { pauseMonitors(input: { ids: [] }) { results { id } } }',
    {},
    credential,
  )
  expect(refused.errors?.[0]?.extensions?.code).toBe('FORBIDDEN')

  await app.getByRole('button', { name: 'Revoke Deploy script' }).click()
  await expectAccessible(app)
  await app
    .getByRole('dialog')
    .or(app.getByRole('alertdialog'))
    .getByRole('button', { name: 'Revoke' })
    .click()
  await expect(app.getByText('Token revoked: Deploy script')).toBeVisible()
  await until(
    'the token is refused',
    async () => {
      const { errors } = await ask(server.url, LOOK, {}, credential)
      return errors?.[0]?.extensions?.code === 'UNAUTHENTICATED'
    },
    { withinMs: 1_000 },
  )
  const { errors } = await ask(server.url, LOOK, {}, nobody)
  expect(errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED')

  await app.goto(`${server.url}/settings/audit`)
  const entries = app.getByRole('listitem').filter({ hasText: 'Deploy script' })
  await expect(entries.filter({ hasText: 'created' })).toHaveCount(1)
  await expect(entries.filter({ hasText: 'revoked' })).toHaveCount(1)
  await entries.first().getByRole('button').click()
  await expectAccessible(app)
  expect(await app.content()).not.toContain(secret)
})
