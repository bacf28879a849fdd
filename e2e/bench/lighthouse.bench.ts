import { chromium } from '@playwright/test'
import lighthouse, { desktopConfig } from 'lighthouse'
import { createMonitor } from '../harness/graphql.ts'
import { freePort, type ServerProcess } from '../harness/server-process.ts'
import { createStatusPage } from '../harness/status-pages.ts'
import { startChild } from './children.ts'
import { report } from './figures.ts'

const BROWSER = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
]

/** How quick a public page is on a slow phone and on a desktop, by Lighthouse’s own measure. */
export async function benchLighthouse(server: ServerProcess): Promise<void> {
  const target = await startChild('target-process.ts', [])
  const monitors = await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      createMonitor(server.url, {
        ...{ name: `Service ${n}`, intervalSeconds: 3600 },
        settings: { http: { url: `http://127.0.0.1:${target.firstLine}/m/${n}` } },
      }),
    ),
  )
  const components = monitors.map((id, n) => ({ name: `Service ${n}`, monitorIds: [id] }))
  const sections = [{ name: 'Services', components }]
  await createStatusPage(server.url, { slug: 'quick', title: 'Quick', sections })
  for (const [device, config] of [
    ['a phone', undefined],
    ['a desktop', desktopConfig],
  ] as const) {
    const scores = [
      await score(server, config),
      await score(server, config),
      await score(server, config),
    ]
    const median = scores.toSorted((a, b) => a - b)[1]!
    const note = `of ${scores.map((one) => Math.round(one * 100)).join(', ')}`
    report({
      ...{
        what: `Lighthouse performance on ${device}, median of 3`,
        value: median * 100,
        unit: '',
      },
      ...{ bar: { least: 95 }, note },
    })
  }
  target.stop()
}

async function score(
  server: ServerProcess,
  config: Parameters<typeof lighthouse>[2],
): Promise<number> {
  const port = await freePort()
  const executablePath = process.env['CHROMIUM']
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: [...BROWSER, `--remote-debugging-port=${port}`],
  })
  try {
    const flags = { port, logLevel: 'error' as const, onlyCategories: ['performance'] }
    const result = await lighthouse(`${server.url}/status/quick`, flags, config)
    return result?.lhr.categories['performance']?.score ?? 0
  } finally {
    await browser.close()
  }
}
