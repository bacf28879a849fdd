import { createMonitor } from '../harness/graphql.ts'
import { TargetService } from '../harness/target-service.ts'
import { expect, test } from './browser.ts'

test('queries, mutations and subscriptions run in the playground, and no request leaves the origin', async ({
  app,
  server,
}) => {
  const target = await TargetService.start()
  await createMonitor(server.url, {
    name: 'Ticking',
    intervalSeconds: 1,
    settings: { http: { url: target.url } },
  })
  await app.goto(`${server.url}/graphql`)
  const result = app
    .getByRole('region', { name: /result/i })
    .or(app.locator('.graphiql-response'))
    .first()
  const run = app.getByRole('button', { name: /execute query/i })

  await expect(app.locator('.graphiql-query-editor, .graphiql-editors').first()).toContainText(
    'query',
  )
  await run.click()
  await expect(result).toContainText('Ticking')

  await app.getByRole('button', { name: 'TestMonitor' }).click()
  await run.click()
  await expect(result).toContainText('"testMonitor"')

  await app.getByRole('button', { name: 'Events', exact: true }).click()
  await run.click()
  await expect(result).toContainText('HeartbeatsRecorded', { timeout: 20_000 })
  await target.close()
})

test('"Show as GraphQL" opens the playground with the very operation behind the view', async ({
  app,
  server,
}) => {
  const target = await TargetService.start()
  await createMonitor(server.url, {
    name: 'Shown',
    intervalSeconds: 20,
    settings: { http: { url: target.url } },
  })
  await app.reload()
  await app.getByRole('link', { name: 'Show as GraphQL' }).first().click()
  await app.waitForURL(/\/graphql/)
  await expect(app.locator('.graphiql-query-editor, .graphiql-editors').first()).toContainText(
    'MonitorList',
  )
  await app.getByRole('button', { name: /execute query/i }).click()
  await expect(app.locator('.graphiql-response').first()).toContainText('Shown')
  await target.close()
})
