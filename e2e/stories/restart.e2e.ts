import { createMonitor, graphql } from '../harness/graphql.ts'
import { TargetService } from '../harness/target-service.ts'
import { expect, rowOf, test } from './browser.ts'

interface Beats {
  heartbeats: { nodes: { at: string }[] }
}

test('kill -9 and a new start: nothing acknowledged is lost, nothing is checked twice, open browsers come back by themselves', async ({
  app,
  server,
}) => {
  const target = await TargetService.start()
  const ids: string[] = []
  for (const name of ['Alpha', 'Beta'])
    ids.push(
      await createMonitor(server.url, {
        name,
        intervalSeconds: 1,
        failAfter: 2,
        retryIntervalSeconds: 1,
        settings: { http: { url: `${target.url}${name}` } },
      }),
    )
  for (const name of ['Alpha', 'Beta']) await expect(rowOf(app, name)).toContainText('Up')
  await app.evaluate(() => Object.assign(window, { isSamePage: true }))

  await server.kill()
  await expect(app.getByText(/Reconnecting/).first()).toBeVisible()
  await target.close()
  await server.launch()
  await expect(app.getByText('Live', { exact: true }).first()).toBeVisible()
  for (const name of ['Alpha', 'Beta']) await expect(rowOf(app, name)).toContainText('Down')
  expect(await app.evaluate(() => 'isSamePage' in window)).toBe(true)

  const { monitors } = await graphql<{ monitors: { totalCount: number } }>(
    server.url,
    '{ monitors { totalCount } }',
  )
  expect(monitors.totalCount).toBe(2)
  for (const id of ids) {
    const { heartbeats } = await graphql<Beats>(
      server.url,
      'query ($id: ID!) { heartbeats(monitorId: $id, first: 500) { nodes { at } } }',
      { id },
    )
    const times = heartbeats.nodes.map((n) => n.at)
    expect(new Set(times).size).toBe(times.length)
  }
  await target.open()
  for (const name of ['Alpha', 'Beta']) await expect(rowOf(app, name)).toContainText('Up')
  await target.close()
})

test('a reconnect within retention sends no query and shows what the server has', async ({
  app,
  server,
}) => {
  const target = await TargetService.start()
  const id = await createMonitor(server.url, {
    name: 'Steady',
    intervalSeconds: 20,
    settings: { http: { url: target.url } },
  })
  await expect(rowOf(app, 'Steady')).toContainText('Up')
  const queries: string[] = []
  app.on(
    'request',
    (request) => request.method() === 'POST' && queries.push(request.postData() ?? ''),
  )
  await server.kill()
  await expect(app.getByText(/Reconnecting/).first()).toBeVisible()
  await server.launch()
  await graphql(
    server.url,
    'mutation ($input: UpdateMonitorInput!) { updateMonitor(input: $input) { monitor { id } } }',
    { input: { id, name: 'Renamed' } },
  )
  await expect(rowOf(app, 'Renamed')).toContainText('Up', { timeout: 20_000 })
  expect(queries).toEqual([])
  await target.close()
})
