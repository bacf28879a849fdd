import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { graphql } from '../harness/graphql.ts'
import { createStatusPage } from '../harness/status-pages.ts'
import { expect, expectAccessible, test, watch } from './browser.ts'

/** A page of somebody else, as strict as a page can be that embeds anything at all. */
async function elsewhere(origin: string, script: string): Promise<{ url: string; server: Server }> {
  const policy = [
    ...["default-src 'none'", `script-src ${origin}`, `connect-src ${origin}`],
    ...["require-trusted-types-for 'script'", "trusted-types 'none'"],
  ].join('; ')
  const html = `<!doctype html><html lang="en"><head><title>Elsewhere</title></head><body><main><h1>Our shop</h1>${script}</main></body></html>`
  const server = createServer((_request, response) => {
    response.writeHead(200, {
      ...{ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy },
      ...{ 'cross-origin-embedder-policy': 'require-corp' },
    })
    response.end(html)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server }
}

const SET = `mutation($input: SetComponentStatusInput!) { setComponentStatus(input: $input) { userErrors { message } } }`

async function setStatus(server: { url: string }, status: string): Promise<void> {
  const answer = await fetch(`${server.url}/status/acme/widget.json`)
  const { components } = (await answer.json()) as { components: { id: string }[] }
  await graphql(server.url, SET, { input: { id: components[0]!.id, status } })
}

test('a widget on a strict page of another origin shows the state, and follows it', async ({
  browser,
  server,
}) => {
  await createStatusPage(server.url, {
    ...{ slug: 'acme', title: `Acme <img src=x onerror=alert(1)>` },
    sections: [{ name: '', components: [{ name: 'Checkout' }] }],
  })
  const src = `${server.url}/status/acme/widget.js`
  const site = await elsewhere(server.url, `<script src="${src}" async></script>`)
  const context = await browser.newContext({ locale: 'en-US' })
  const page = await context.newPage()
  const faults = watch(context, server.url, new URL(site.url).origin)
  const cookies: string[] = []
  context.on('request', (request) => {
    if (request.headers()['cookie'] !== undefined) cookies.push(request.url())
  })
  await page.clock.install()
  await page.goto(site.url)
  const link = page.getByRole('link', { name: 'All systems operational' })
  await expect(link).toHaveText('Acme <img src=x onerror=alert(1)>: All systems operational')
  await expect(link).toHaveAttribute('href', `${server.url}/status/acme`)
  // Its styles are there although the page allows none of its own.
  await expect(link).toHaveCSS('border-top-left-radius', '16px')
  await expectAccessible(page)

  await setStatus(server, 'MAJOR_OUTAGE')
  await expect
    .poll(async () => (await fetch(`${server.url}/badge/acme.json`)).text())
    .toContain('major outage')
  await page.clock.runFor(61_000)
  await expect(page.getByRole('link', { name: 'Major outage' })).toBeVisible()
  await expectAccessible(page)

  expect(cookies).toEqual([])
  expect(await context.cookies()).toEqual([])
  expect(faults).toEqual([])
  await context.close()
  site.server.close()
})

test('badges are pictures on pages of other origins', async ({ browser, server }) => {
  await createStatusPage(server.url, {
    ...{ slug: 'acme', title: 'Acme' },
    sections: [{ name: '', components: [{ name: 'Checkout' }] }],
  })
  const src = `${server.url}/badge/acme.svg`
  const picture = `<img src="${src}" alt="How Acme is doing"><img src="${server.url}/badge/none.svg" alt="none">`
  const html = `<!doctype html><html lang="en"><title>Elsewhere</title><main>${picture}</main></html>`
  const site = createServer((_request, response) => {
    response.writeHead(200, {
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-embedder-policy': 'require-corp',
    })
    response.end(html)
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`)
  for (const name of ['How Acme is doing', 'none']) {
    const width = await page
      .getByRole('img', { name, exact: true })
      .evaluate((image) => (image as HTMLImageElement).naturalWidth)
    expect(width).toBeGreaterThan(50)
  }
  await page.close()
  site.close()
})
