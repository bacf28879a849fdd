import { chromium } from '@playwright/test'
import lighthouse, { desktopConfig } from 'lighthouse'
import { createMonitor } from '../harness/graphql.ts'
import { freePort } from '../harness/server-process.ts'
import { createStatusPage } from '../harness/status-pages.ts'
import { TargetService } from '../harness/target-service.ts'
import { expect, test } from './browser.ts'

/** Its performance is a matter of time, and so of the bench. */
const BARS = { accessibility: 1, 'best-practices': 1, seo: 0.95 }

for (const [device, config] of [
  ['a phone', undefined],
  ['a desktop', desktopConfig],
] as const)
  test(`a public page is accessible, in order and findable on ${device}, by Lighthouse`, async ({
    server,
    launchOptions,
  }) => {
    const target = await TargetService.start()
    const monitorIds = await Promise.all(
      ['Shop', 'Search', 'Payments'].map((name) =>
        createMonitor(server.url, { name, settings: { http: { url: target.url } } }),
      ),
    )
    await createStatusPage(server.url, {
      slug: 'acme',
      title: 'Acme',
      description: 'How the services of **Acme** are doing.',
      sections: [
        {
          name: 'Services',
          components: monitorIds.map((id, n) => ({ name: `Service ${n + 1}`, monitorIds: [id] })),
        },
      ],
    })
    const port = await freePort()
    const browser = await chromium.launch({
      ...launchOptions,
      args: [...(launchOptions.args ?? []), `--remote-debugging-port=${port}`],
    })
    const result = await lighthouse(
      `${server.url}/status/acme`,
      { port, logLevel: 'error', onlyCategories: Object.keys(BARS) },
      config,
    )
    await browser.close()
    await target.close()
    const { categories, audits } = result!.lhr
    const lacking = Object.values(audits)
      .filter(
        ({ score, scoreDisplayMode }) =>
          score !== null && score < 0.9 && scoreDisplayMode !== 'informative',
      )
      .map(({ id, displayValue }) => `${id} ${displayValue ?? ''}`)
    for (const [name, bar] of Object.entries(BARS))
      expect(
        categories[name]!.score,
        `${name}; lacking: ${lacking.join(', ')}`,
      ).toBeGreaterThanOrEqual(bar)
  })
