import { writeFileSync } from 'node:fs'
import { get } from 'node:http'
import path from 'node:path'
import { createStatusPage } from '../harness/status-pages.ts'
import { temporaryFolder, until, type ServerProcess } from '../harness/server-process.ts'
import { createMonitor } from '../harness/graphql.ts'
import { pause } from './checks.bench.ts'
import { type Child, startChild } from './children.ts'
import { report } from './figures.ts'
import { cpuSecondsOf } from './processes.ts'

const SLUG = 'bench'
const MONITORS = 100
const CONNECTIONS = 16
const ROUNDS = 3

interface Load {
  perSecond: number
  answers: number
  refused: number
}

/** A cached page against a plain Fastify handler that sends the same bytes, in turns; then what a rendering costs. */
export async function benchStatusPage(server: ServerProcess, seconds: number): Promise<void> {
  const target = await startChild('target-process.ts', [])
  const monitors = await addQuietMonitors(server, target)
  await createStatusPage(server.url, {
    ...{ slug: SLUG, title: 'The bench' },
    sections: Array.from({ length: 10 }, (_, section) => ({
      name: `Section ${section}`,
      components: monitors
        .slice(section * 10, section * 10 + 10)
        .map((id, n) => ({ name: `Service ${section * 10 + n}`, monitorIds: [id] })),
    })),
  })
  await pause(3_000)
  await compare(server, seconds)
  target.stop()
  await benchRender()
}

/** Checked once: what is measured is the page. */
function addQuietMonitors(server: ServerProcess, target: Child): Promise<string[]> {
  const input = (index: number) => ({
    ...{ name: `Service ${index}`, intervalSeconds: 3600 },
    settings: { http: { url: `http://127.0.0.1:${target.firstLine}/m/${index}` } },
  })
  return Promise.all(
    Array.from({ length: MONITORS }, (_, index) => createMonitor(server.url, input(index))),
  )
}

async function compare(server: ServerProcess, seconds: number): Promise<void> {
  const page = `/status/${SLUG}`
  await until('the page is there', async () => (await fetch(server.url + page)).ok)
  const file = path.join(temporaryFolder(), 'page.html.br')
  writeFileSync(file, await packedBytes(server.url + page))
  const plain = await startChild('plain-page-process.ts', [file, 'br'])
  const rates = { page: 0, plain: 0 }
  // Both warm.
  await load(String(server.port), page, 2)
  await load(plain.firstLine, '/page', 2)
  const cpu = { page: 0, plain: 0 }
  for (let round = 0; round < ROUNDS; round++) {
    const doors = [
      ['page', String(server.port), page, server.pid],
      ['plain', plain.firstLine, '/page', plain.pid],
    ] as const
    for (const [name, port, where, pid] of doors) {
      const before = cpuSecondsOf([pid])
      const { perSecond, answers, refused } = await load(port, where, seconds)
      if (refused) throw new Error(`${refused} answers of ${name} were no pages`)
      rates[name] += perSecond / ROUNDS
      cpu[name] += ((cpuSecondsOf([pid]) - before) / answers / ROUNDS) * 1e6
    }
  }
  plain.stop()
  report({ what: 'Plain Fastify handler', value: rates.plain, unit: 'requests/s' })
  report({ what: 'Cached status page', value: rates.page, unit: 'requests/s' })
  report({ what: 'CPU of the plain handler', value: cpu.plain, unit: 'µs/request' })
  report({ what: 'CPU of the cached page', value: cpu.page, unit: 'µs/request' })
  report({
    ...{ what: 'Cached page to plain handler', value: rates.page / rates.plain, unit: 'x' },
    bar: { least: 0.4 },
  })
}

/** What goes over the wire: `fetch` would unpack it. */
function packedBytes(url: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'br' } }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => parts.push(part))
      response.on('end', () => resolve(Buffer.concat(parts)))
    }).on('error', reject)
  })
}

async function load(port: string, page: string, seconds: number): Promise<Load> {
  const args = [port, page, String(CONNECTIONS), String(seconds)]
  const child = await startChild('page-load-process.ts', args)
  return JSON.parse(await child.output) as Load
}

async function benchRender(): Promise<void> {
  const child = await startChild('page-render-process.ts', [])
  const { bareMs, renderMs, bytes, gzipBytes } = JSON.parse(await child.output) as Record<
    'bareMs' | 'renderMs' | 'bytes' | 'gzipBytes',
    number
  >
  report({ what: '100 components x 90 days, bare graphql()', value: bareMs, unit: 'ms of CPU' })
  report({ what: '100 components x 90 days, rendered', value: renderMs, unit: 'ms of CPU' })
  report({ what: 'Render ratio', value: renderMs / bareMs, unit: 'x', bar: { most: 12 } })
  report({ what: 'HTML of the page', value: bytes / 1000, unit: 'kB' })
  report({ what: 'HTML of the page, gzip', value: gzipBytes / 1000, unit: 'kB', bar: { most: 65 } })
}
