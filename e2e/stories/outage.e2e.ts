import { createMonitor } from '../harness/graphql.ts'
import { TargetService } from '../harness/target-service.ts'
import { expect, expectAccessible, rowOf, signInBrowser, test } from './browser.ts'

test('a service that stops is down with its reason in every open browser, and recovers when it is back', async ({
  app,
  browser,
  server,
}) => {
  const target = await TargetService.start()
  await createMonitor(server.url, {
    name: 'Checkout',
    intervalSeconds: 1,
    retryIntervalSeconds: 1,
    failAfter: 2,
    recoverAfter: 2,
    settings: { http: { url: `${target.url}pay` } },
  })
  const otherBrowser = await browser.newContext()
  await signInBrowser(otherBrowser, server.url, server.session)
  const other = await otherBrowser.newPage()
  await other.goto(server.url)
  for (const page of [app, other]) await expect(rowOf(page, 'Checkout')).toContainText('Up')

  await target.close()
  const reason = `Connection refused by 127.0.0.1:${target.port}`
  for (const page of [app, other]) {
    await expect(rowOf(page, 'Checkout')).toContainText('Down')
    await expect(rowOf(page, 'Checkout')).toContainText(reason)
  }
  await rowOf(app, 'Checkout').getByRole('link', { name: 'Checkout' }).click()
  const panel = app.getByRole('complementary', { name: 'Checkout' })
  await expect(panel).toContainText('Down for')
  await expect(panel).toContainText(reason)
  await expect(panel.getByRole('region', { name: 'History' })).toContainText('Down')
  await expectAccessible(app)

  await target.open()
  for (const page of [app, other]) await expect(rowOf(page, 'Checkout')).toContainText('Up')
  await expect(panel).toContainText('Up for')
  await other.close()
  await target.close()
})

test('the failing response is kept as evidence, and the chart answers for every range', async ({
  app,
  server,
}) => {
  const target = await TargetService.start(
    (_request, response) =>
      void response
        .writeHead(503, { 'content-type': 'application/json' })
        .end('{"error":"the card processor is away"}'),
  )
  await createMonitor(server.url, {
    name: 'Payments',
    intervalSeconds: 1,
    failAfter: 1,
    settings: { http: { url: target.url } },
  })
  await rowOf(app, 'Payments').getByRole('link', { name: 'Payments' }).click()
  const panel = app.getByRole('complementary', { name: 'Payments' })
  await expect(panel).toContainText('HTTP 503 Service Unavailable')
  await expect(panel).toContainText('the card processor is away')
  for (const range of ['1 h', '7 d', '30 d', '90 d', '24 h']) {
    await panel.getByText(range, { exact: true }).click()
    await expect(panel.getByRole('radio', { name: range })).toBeChecked()
    await expect(panel.getByRole('region', { name: 'Response time' })).toBeVisible()
  }
  await expectAccessible(app)
  await target.close()
})
