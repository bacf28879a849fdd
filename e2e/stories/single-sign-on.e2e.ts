import type { Page } from '@playwright/test'
import { OidcIssuer } from '../harness/oidc-issuer.ts'
import { freePort, ServerProcess } from '../harness/server-process.ts'
import { expect, expectAccessible, signInBrowser, test, watch } from './browser.ts'

const KATHERINE = { name: 'Katherine Johnson', email: 'katherine@example.com' }

/** Whose e-mail the issuer has not verified, and what they are told: neither gets anywhere. */
const REFUSED = [
  ['eve', 'email_unverified', 'The provider has not verified your e-mail address.'],
  ['mallory', 'email_unverified', 'The provider has not verified your e-mail address.'],
] as const

/** A server that knows an issuer, with the accounts that this one has. */
async function withIssuer(
  run: (server: ServerProcess, issuer: OidcIssuer) => Promise<void>,
): Promise<void> {
  const port = await freePort()
  const issuer = await OidcIssuer.start(`http://localhost:${port}/auth/oidc/callback`, {
    katherine: KATHERINE,
    ada: { name: 'Ada', email: 'countess@elsewhere.example' },
    eve: { name: 'Eve', email: 'ada@example.com', isEmailVerified: false },
    mallory: { name: 'Mallory', email: 'mallory@example.com', isEmailVerified: false },
  })
  const env = { ...issuer.env, OIDC_TITLE: 'Acme ID', OAUTH_AUTO_JOIN_ROLE: 'viewer' }
  const server = await ServerProcess.start({ port, env })
  try {
    await run(server, issuer)
  } finally {
    await server.stop()
    await issuer.stop()
  }
}

async function comeInAs(page: Page, account: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Account' }).fill(account)
  await page.getByRole('button', { name: 'Let me in' }).click()
}

test('somebody unknown comes in by single sign-on as viewer, to the page that was asked for; an unverified e-mail opens nobody’s account', async ({
  browser,
  context,
  page,
}) => {
  await withIssuer(async (server, issuer) => {
    const faults = watch(context, server.url, issuer.url)
    await page.goto(`${server.url}/?q=shop`)
    const button = page.getByRole('link', { name: 'Continue with Acme ID' })
    await expect(button).toBeVisible()
    await expectAccessible(page)
    await button.click()
    await comeInAs(page, 'katherine')
    await expect(
      page.getByRole('button', { name: /Your account: *Katherine Johnson/ }),
    ).toBeVisible()
    expect(page.url()).toBe(`${server.url}/?q=shop`)
    await expect(page.getByText('View only').first()).toBeVisible()
    await expectAccessible(page)

    for (const [account, problem, words] of REFUSED) {
      const theirs = await browser.newContext()
      const refused = await theirs.newPage()
      await refused.goto(`${server.url}/sign-in`)
      await refused.getByRole('link', { name: 'Continue with Acme ID' }).click()
      await comeInAs(refused, account)
      await expect(refused).toHaveURL(`${server.url}/sign-in?problem=${problem}`)
      await expect(refused.getByText(words, { exact: false })).toBeVisible()
      await expectAccessible(refused)
      await theirs.close()
    }
    expect(faults).toEqual([])
  })
})

test('the owner connects an account elsewhere, and signs in with it from then on', async ({
  browser,
  context,
  page,
}) => {
  await withIssuer(async (server, issuer) => {
    const faults = watch(context, server.url, issuer.url)
    await signInBrowser(context, server.url, server.session)
    await page.goto(`${server.url}/account/security`)
    await page.getByRole('link', { name: 'Connect Acme ID' }).click()
    await comeInAs(page, 'ada')
    await expect(page).toHaveURL(`${server.url}/account/security`)
    await expect(page.getByText('countess@elsewhere.example', { exact: false })).toBeVisible()
    await expectAccessible(page)

    const elsewhere = await browser.newContext()
    const other = await elsewhere.newPage()
    await other.goto(server.url)
    await other.getByRole('link', { name: 'Continue with Acme ID' }).click()
    await comeInAs(other, 'ada')
    await expect(other.getByRole('button', { name: /Your account: *Ada Lovelace/ })).toBeVisible()
    await elsewhere.close()
    expect(faults).toEqual([])
  })
})
