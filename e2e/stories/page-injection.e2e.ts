import type { BrowserContext } from '@playwright/test'
import { injections } from '../harness/injections.ts'
import { createStatusPage } from '../harness/status-pages.ts'
import { expect, test } from './browser.ts'

/** Counts how often a text got to do something in any page of this browser. */
async function countOf(context: BrowserContext): Promise<{ times: number }> {
  const count = { times: 0 }
  await context.exposeFunction('pwned', () => {
    count.times++
  })
  context.on('dialog', (dialog) => {
    count.times++
    void dialog.dismiss()
  })
  return count
}

test('no text that an editor can write does anything on the page, in its feeds or in its badges', async ({
  browser,
  server,
}) => {
  const texts = injections.map((text) => text.slice(0, 100))
  await createStatusPage(server.url, {
    slug: 'shop',
    title: texts[4]!,
    description: injections.join('\n\n'),
    sections: texts.map((text) => ({
      name: text,
      components: [{ name: text, description: text, manualStatus: 'MAJOR_OUTAGE' }],
    })),
  })
  const context = await browser.newContext()
  const count = await countOf(context)
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  await page.goto(`${server.url}/status/shop`)
  await expect(page.getByText(texts[1]!).first()).toBeVisible()
  // Whatever waits for a pointer or the focus gets it.
  for (let n = 0; n < 40; n++) await page.keyboard.press('Tab')
  await page.mouse.move(300, 300)
  const links = await page
    .locator('a[href]')
    .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).protocol))
  expect(links.filter((protocol) => !['http:', 'https:', 'mailto:'].includes(protocol))).toEqual([])
  expect(new URL(await page.evaluate(() => document.baseURI)).origin).toBe(server.url)
  for (const door of ['/status/shop/feed.atom', '/status/shop/feed.rss', '/badge/shop.svg'])
    await page.goto(server.url + door).catch(() => undefined)
  expect(count.times).toBe(0)
  // The policy would have stopped them too: it was not needed.
  expect(complaints.filter((text) => /Content.Security.Policy/i.test(text))).toEqual([])
  await context.close()
})

test('the same texts do something in a page that does not guard against them', async ({
  browser,
}) => {
  const context = await browser.newContext()
  const count = await countOf(context)
  const page = await context.newPage()
  await page.setContent(injections.join('\n'))
  await expect.poll(() => count.times).toBeGreaterThan(0)
  await context.close()
})
