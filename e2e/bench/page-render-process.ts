// A process of its own: 100 components with 90 days each, answered by bare graphql() and rendered by the product's
// own bundle, over the product's contract and the same data in memory. Prints CPU milliseconds of both and the size.
import { buildSchema, graphql, print, execute } from 'graphql'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { PageModule } from '../../api/src/ssr/page-module.ts'
import { projectRoot } from '../harness/server-process.ts'
import { seededRandom } from '../chaos/random.ts'

const COMPONENTS = 100
const DAYS = 90
const ROUNDS = 60
const READ_AT = Date.UTC(2026, 10, 23, 12)

const random = seededRandom(4)
const bundle = path.join(projectRoot, 'web/dist/server/status-page.mjs')
const module = (await import(pathToFileURL(bundle).href)) as PageModule
const schema = buildSchema(readFileSync(path.join(projectRoot, 'schema.graphql'), 'utf8'))

/** A bad quarter: on one day of twelve something was down or slow. */
function days(): object {
  const letters = Array.from({ length: DAYS }, () => {
    const luck = random()
    return luck < 0.04 ? 'x' : luck < 0.07 ? 'd' : luck < 0.08 ? 'm' : 'u'
  })
  return {
    from: '2026-08-26',
    marks: letters.join(''),
    downSeconds: letters.map((letter) => (letter === 'x' ? Math.ceil(random() * 9_000) : 0)),
    uptimes: letters.map((letter) => (letter === 'x' ? random() : 1)),
  }
}

function component(index: number): object {
  const [since, status] = ['2026-11-20T10:00:00.000Z', index % 40 ? 'OPERATIONAL' : 'MAJOR_OUTAGE']
  const name = `Service number ${index} of the bench`
  const id = random().toString(36).slice(2, 14).padEnd(12, '0')
  const description = 'What it is good for'
  return {
    id,
    name,
    description,
    status,
    since,
    days: days(),
    uptime: 1 - random() / 100,
    latency: null,
  }
}

const page = {
  ...{ slug: 'bench', title: 'The bench', descriptionHtml: '<p>How it does</p>', logoUrl: null },
  ...{ accentColor: '#047857', theme: 'SYSTEM', timeZone: 'Europe/Berlin', locale: null },
  ...{ visibility: 'PUBLIC', status: 'PARTIAL_OUTAGE', updatedAt: '2026-11-20T10:00:00.000Z' },
  liveCursor: 'cursor',
  sections: Array.from({ length: 10 }, (_, section) => ({
    ...{ id: `s${section}`, name: `Section ${section}`, isCollapsed: false },
    components: Array.from({ length: COMPONENTS / 10 }, (_, n) => component(section * 10 + n)),
  })),
  outages: Array.from({ length: 50 }, (_, n) => ({
    ...{ id: `o${n}`, componentId: 'c', componentName: `Service number ${n} of the bench` },
    ...{ status: 'MAJOR_OUTAGE', startedAt: new Date(READ_AT - n * 3e7).toISOString() },
    endedAt: new Date(READ_AT - n * 3e7 + 6e5).toISOString(),
  })),
}
const rootValue = { publicStatusPage: () => page }
const source = print(module.document)
const variableValues = { slug: 'bench' }

async function bare(): Promise<void> {
  const { errors } = await graphql({ schema, source, rootValue, variableValues })
  if (errors) throw errors[0]!
}

function rendered(): Promise<string> {
  return module.renderPage({
    ...{ slug: 'bench', language: 'en', base: '/', url: '/status/bench', readAt: READ_AT },
    execute: async () => execute({ schema, document: module.document, rootValue, variableValues }),
  })
}

async function cpuMsOf(run: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage()
  for (let round = 0; round < ROUNDS; round++) await run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / ROUNDS
}

// Both warm, then side by side in turns.
await cpuMsOf(bare)
await cpuMsOf(rendered)
const figures = { bareMs: 0, renderMs: 0 }
for (let turn = 0; turn < 3; turn++) {
  figures.bareMs += (await cpuMsOf(bare)) / 3
  figures.renderMs += (await cpuMsOf(rendered)) / 3
}
const html = await rendered()
console.log(JSON.stringify({ ...figures, bytes: html.length, gzipBytes: gzipSync(html).length }))
