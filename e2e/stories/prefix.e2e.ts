import { createMonitor } from '../harness/graphql.ts'
import { OidcIssuer } from '../harness/oidc-issuer.ts'
import { PrefixProxy } from '../harness/prefix-proxy.ts'
import { freePort, ServerProcess } from '../harness/server-process.ts'
import { TargetService } from '../harness/target-service.ts'
import { enterPassword, expect, expectAccessible, rowOf, test, watch } from './browser.ts'

const PREFIX = '/uptime'
test.setTimeout(180_000)

interface House {
  server: ServerProcess
  issuer: OidcIssuer
  proxy: PrefixProxy
  /** Under which the browser knows it. */
  url: string
  origin: string
}

/** A server at one path of a host that it shares, with an issuer who signs people in. */
async function withHouse(strips: boolean, run: (house: House) => Promise<void>): Promise<void> {
  const [port, to] = [await freePort(), await freePort()]
  const origin = `http://localhost:${port}`
  const url = origin + PREFIX
  const proxy = await PrefixProxy.start({ port, prefix: PREFIX, strips, to })
  const issuer = await OidcIssuer.start(`${url}/auth/oidc/callback`, {
    katherine: { name: 'Katherine Johnson', email: 'katherine@example.com' },
  })
  const env = {
    ...{ ...issuer.env, OIDC_TITLE: 'Acme ID', OAUTH_AUTO_JOIN_ROLE: 'viewer' },
    ...{ PUBLIC_URL: url, TRUSTED_PROXIES: 'loopback' },
  }
  const server = await ServerProcess.start({ port: to, env })
  try {
    await run({ server, issuer, proxy, url, origin })
  } finally {
    await server.stop()
    await issuer.stop()
    await proxy.stop()
  }
}

for (const strips of [false, true])
  test(`the house stands at one path of a shared host, behind a proxy that ${strips ? 'takes it away' : 'leaves it'}: app, live updates, playground, single sign-on`, async ({
    context,
    page,
  }) => {
    await withHouse(strips, async ({ server, issuer, proxy, url, origin }) => {
      const target = await TargetService.start()
      const often = { intervalSeconds: 1, failAfter: 1, recoverAfter: 1 }
      const http = { url: target.url }
      await createMonitor(server.url, { name: 'Checkout', ...often, settings: { http } })
      const faults = watch(context, origin, issuer.url)
      context.on('request', (request) => {
        const asked = new URL(request.url())
        if (asked.origin === origin && !`${asked.pathname}/`.startsWith(`${PREFIX}/`))
          faults.push(`beside the prefix: ${request.url()}`)
      })

      // The sign-in leads back to the page that was asked for.
      await page.goto(`${url}/?q=Check`)
      await expect(page.getByRole('heading', { name: 'Sign in to Allswell' })).toBeVisible()
      expect(page.url()).toMatch(`${url}/sign-in?next=`)
      await enterPassword(page)
      await expect(rowOf(page, 'Checkout')).toContainText('Up')
      expect(page.url()).toBe(`${url}/?q=Check`)
      await expectAccessible(page)

      // Live, on the same page.
      await page.evaluate(() => Object.assign(window, { isSamePage: true }))
      await target.close()
      await expect(rowOf(page, 'Checkout')).toContainText('Down')
      expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)

      // A deep address, loaded anew.
      await rowOf(page, 'Checkout').getByRole('link').first().click()
      await expect(page).toHaveURL(new RegExp(`${PREFIX}/monitors/`))
      await page.reload()
      await expect(page.getByRole('heading', { name: 'Checkout' })).toBeVisible()

      // The cookie is for this path alone.
      const cookies = await context.cookies(url)
      expect(cookies.map(({ name, path }) => [name, path])).toEqual([
        ['allswell_session_below', PREFIX],
      ])
      expect(faults).toEqual([])
      const neighbour = await context.newPage()
      await neighbour.goto(`${origin}/elsewhere`)
      expect(proxy.neighbourSaw.join('')).toBe('')
      await neighbour.close()
      // That was meant to be beside it.
      faults.length = 0

      // The playground, as who is signed in.
      await page.goto(`${url}/graphql`)
      await expect(page.getByText('Ada Lovelace').first()).toBeVisible()
      await expect(page.getByRole('link', { name: '← Allswell' })).toHaveAttribute(
        'href',
        `${PREFIX}/`,
      )

      // Somebody else, by single sign-on: to the provider and back.
      await context.clearCookies()
      await page.goto(`${url}/?q=Check`)
      await page.getByRole('link', { name: 'Continue with Acme ID' }).click()
      await page.getByRole('textbox', { name: 'Account' }).fill('katherine')
      await page.getByRole('button', { name: 'Let me in' }).click()
      await expect(page.getByRole('button', { name: /Your account: *Katherine/ })).toBeVisible()
      expect(page.url()).toBe(`${url}/?q=Check`)
      expect(faults).toEqual([])
    })
  })
