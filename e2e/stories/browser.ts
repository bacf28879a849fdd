import { AxeBuilder } from '@axe-core/playwright'
import { type BrowserContext, expect, type Page, test as base } from '@playwright/test'
import { OWNER } from '../harness/accounts.ts'
import type { Credential } from '../harness/credentials.ts'
import { ServerProcess } from '../harness/server-process.ts'

interface Fixtures {
  /** A server of this story's own, on a fresh data folder. */
  server: ServerProcess
  /** A server of this story's own that nobody has set up. */
  bareServer: ServerProcess
  /** A page of the owner whose requests and complaints are watched: none may leave the origin, nothing may be complained of. */
  app: Page
}

/** What a page did that it must not. */
export function watch(context: BrowserContext, ...origins: string[]): string[] {
  const faults: string[] = []
  context.on('request', (request) => {
    const url = new URL(request.url())
    if (!['data:', 'blob:'].includes(url.protocol) && !origins.includes(url.origin))
      faults.push(`request to ${request.url()}`)
  })
  context.on('console', (message) => {
    // A server that is away is part of some stories; the browser reports each failed try.
    const isNetwork = /net::ERR_|WebSocket connection|Failed to load resource/.test(message.text())
    if (message.type() === 'error' && !isNetwork) faults.push(`console: ${message.text()}`)
  })
  context.on('weberror', (error) => faults.push(`exception: ${error.error().message}`))
  return faults
}

/** Whose session it is, is signed in in this browser. */
export async function signInBrowser(
  context: BrowserContext,
  url: string,
  { cookie = '' }: Credential,
): Promise<void> {
  const [name = '', value = ''] = cookie.split('=')
  await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Lax' }])
}

export const test = base.extend<Fixtures>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names of the fixtures from the pattern
  server: async ({}, use) => {
    const server = await ServerProcess.start()
    await use(server)
    await server.stop()
  },
  // eslint-disable-next-line no-empty-pattern -- the same
  bareServer: async ({}, use) => {
    const server = await ServerProcess.start({ isBare: true })
    await use(server)
    await server.stop()
  },
  app: async ({ context, page, server }, use) => {
    await signInBrowser(context, server.url, server.session)
    const faults = watch(context, server.url)
    await page.goto(server.url)
    await use(page)
    expect(faults).toEqual([])
  },
})

/** Fills the first step of the sign-in form in, as the owner, and sends it. */
export async function enterPassword(page: Page, password: string = OWNER.password): Promise<void> {
  await page.getByRole('textbox', { name: 'E-mail' }).fill(OWNER.email)
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill(password)
  await page.keyboard.press('Enter')
}

/** What axe asks about colours: the rest is the same in both schemes. */
const RULES_OF_COLOUR = ['color-contrast', 'link-in-text-block']

/** No rule of axe is broken, in light and in dark. */
export async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    // The legacy mode leaves out frames of other origins, which no page here has, and opens no page of its own.
    const axe = new AxeBuilder({ page }).setLegacyMode()
    if (colorScheme === 'dark') axe.withRules(RULES_OF_COLOUR)
    const { violations } = await axe.analyze()
    expect(
      violations.map(
        (v) => `${colorScheme} ${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`,
      ),
    ).toEqual([])
  }
  await page.emulateMedia({ colorScheme: 'light' })
}

/** The row of a monitor in the list. */
export const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

export { expect }
