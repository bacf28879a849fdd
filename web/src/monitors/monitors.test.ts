import { ApolloClient, ApolloLink, Observable } from '@apollo/client'
import { SchemaLink } from '@apollo/client/link/schema'
import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { buildSchema, GraphQLError } from 'graphql'
import { readFileSync } from 'node:fs'
import { afterEach, expect, test, vi } from 'vitest'
import { defineComponent, h, type App } from 'vue'
import { createMemoryHistory, createRouter, RouterView } from 'vue-router'
import { createCache } from '../lib/apollo/cache.ts'
import { provideApollo } from '../lib/apollo/index.ts'
import { monitorRoutes } from './index.ts'
// Fetched by the pages when first wanted; here it is there from the beginning.
import './detail/MonitorDetail.vue'
import './form/MonitorFormDialog.vue'

const schema = buildSchema(readFileSync('../schema.graphql', 'utf8'))
const SINCE = '2027-01-01T00:00:00.000Z'
const stored = (id: string, name: string, status: string, more: object = {}) => ({
  __typename: 'Monitor',
  id,
  name,
  kind: 'http',
  target: `https://${id}.example`,
  status,
  statusSince: SINCE,
  reason: status === 'DOWN' ? 'Connection refused by 127.0.0.1:8080' : null,
  isPaused: false,
  intervalSeconds: 60,
  uptime: { ratio: 0.99437 },
  recentHeartbeats: [{ at: SINCE, status: 'UP', latencyMs: 276 }],
  ...more,
})
const page = (nodes: object[]) => ({
  nodes,
  edges: [],
  totalCount: nodes.length,
  statusCounts: [],
  pageInfo: { hasNextPage: false, hasPreviousPage: false, endCursor: null, startCursor: null },
})
const httpKind = {
  kind: 'http',
  title: 'HTTP(S)',
  description: 'Requests a web address.',
  isPassive: false,
  defaultIntervalSeconds: 60,
  conditionPaths: ['status'],
  fields: [
    {
      name: 'url',
      label: 'URL',
      help: null,
      type: 'URL',
      isRequired: true,
      isAdvanced: false,
      default: null,
      placeholder: null,
      min: null,
      max: null,
      options: [],
    },
  ],
}

let wrapper: VueWrapper | undefined
afterEach(() => {
  wrapper?.unmount()
  vi.unstubAllGlobals()
  document.body.innerHTML = ''
})

/** The room's pages over a server that is played by `root` but judged by the contract. */
async function visit(path: string, root: Record<string, unknown>) {
  const server = { isAway: false }
  const gate = new ApolloLink((operation, forward) =>
    server.isAway
      ? new Observable((observer) => observer.error(new TypeError('Failed to fetch')))
      : forward(operation),
  )
  const rootValue = { liveCursor: 'c1', monitorKinds: [httpKind], ...root }
  const link = ApolloLink.from([gate, new SchemaLink({ schema, rootValue })])
  const client = new ApolloClient({ cache: createCache(), link, queryDeduplication: false })
  const router = createRouter({ history: createMemoryHistory(), routes: monitorRoutes })
  await router.push(path)
  const screen = defineComponent(() => () => h(RouterView))
  const apollo = { install: (app: App) => provideApollo(app, client) }
  wrapper = mount(screen, { attachTo: document.body, global: { plugins: [router, apollo] } })
  await settle()
  return { router, server, client }
}
async function settle() {
  for (let turn = 0; turn < 10; turn++) {
    await flushPromises()
    await new Promise((done) => setTimeout(done))
  }
}
const text = () => document.body.textContent ?? ''
const names = () =>
  [...document.querySelectorAll('[data-row-link]')].map((a) => a.textContent.trim())
const button = (label: string) =>
  [...document.querySelectorAll('button')].find((each) => each.textContent.includes(label))
const input = (field: string) =>
  document.querySelector<HTMLInputElement>(`[data-field="${field}"] input`)
async function fill(field: string, value: string) {
  const element = input(field)
  if (!element) throw new Error(`There is no field ${field}`)
  element.value = value
  element.dispatchEvent(new Event('input', { bubbles: true }))
  await settle()
}
const THREE = [
  stored('a', 'API gateway', 'UP'),
  stored('b', 'Search cluster', 'DOWN'),
  stored('c', 'Docs', 'PAUSED', { isPaused: true }),
]

test('a new product says what to do first', async () => {
  await visit('/', { monitors: page([]) })
  expect(text()).toContain('Watch your first service')
})

test('problems stand on top and say why', async () => {
  await visit('/', { monitors: page(THREE) })
  expect(names()).toEqual(['Search cluster', 'API gateway', 'Docs'])
  expect(text()).toContain('Connection refused by 127.0.0.1:8080')
})

test('the address alone says what is shown', async () => {
  await visit('/?status=UP,PAUSED&sort=name-desc', { monitors: page(THREE) })
  expect(names()).toEqual(['Docs', 'API gateway'])
})

test('a filter that nothing fits can be cleared', async () => {
  const { router } = await visit('/?q=nowhere', { monitors: page(THREE) })
  expect(text()).toContain('No monitor fits')
  button('Clear the filter')?.click()
  await settle()
  expect(names()).toHaveLength(3)
  expect(router.currentRoute.value.query).toEqual({})
})

test('a server that is away is told, and asking again recovers', async () => {
  const { server } = await visit('/', {
    monitors: () => {
      throw new GraphQLError('The database is away.', { extensions: { code: 'UNAVAILABLE' } })
    },
  })
  expect(text()).toContain('The monitors could not be loaded')
  expect(text()).toContain('The database is away.')
  server.isAway = true
  button('Try again')?.click()
  await settle()
  expect(text()).toContain('The server can’t be reached')
})

test('what the server refuses stands at its field, and what was typed stays', async () => {
  const createMonitor = vi.fn(() => ({
    monitor: null,
    userErrors: [
      { path: ['settings', 'http', 'url'], code: 'INVALID', message: 'That host is refused.' },
    ],
  }))
  await visit('/monitors/new?kind=http', { monitors: page([]), createMonitor })
  await fill('name', 'Shop')
  await fill('settings.url', 'https://shop.example')
  button('Create monitor')?.click()
  await settle()
  expect(createMonitor).toHaveBeenCalledOnce()
  const field = document.querySelector('[data-field="settings.url"]')
  expect(field?.textContent).toContain('That host is refused.')
  expect([input('name')?.value, input('settings.url')?.value]).toEqual([
    'Shop',
    'https://shop.example',
  ])
})

test('a form that lacks something is not even sent', async () => {
  const createMonitor = vi.fn()
  await visit('/monitors/new?kind=http', { monitors: page([]), createMonitor })
  button('Create monitor')?.click()
  await settle()
  expect(createMonitor).not.toHaveBeenCalled()
  expect(document.querySelector('[data-field="name"]')?.textContent).toContain('This is needed.')
})

test('a saved monitor joins the list and is opened', async () => {
  const monitor = stored('d', 'Shop', 'PENDING')
  const { router } = await visit('/monitors/new?kind=http', {
    monitors: page(THREE),
    createMonitor: () => ({ monitor, userErrors: [] }),
  })
  await fill('name', 'Shop')
  await fill('settings.url', 'https://shop.example')
  button('Create monitor')?.click()
  await settle()
  expect(names()).toContain('Shop')
  expect(router.currentRoute.value.fullPath).toBe('/monitors/d')
})

test('a pasted address fills the form', async () => {
  await visit('/monitors/new?target=https://shop.example', {
    monitors: page([]),
    detectMonitor: () => ({
      kind: 'http',
      name: 'shop.example',
      settingValues: [{ name: 'url', value: 'https://shop.example', isSet: true }],
    }),
  })
  expect(input('name')?.value).toBe('shop.example')
  expect(input('settings.url')?.value).toBe('https://shop.example')
})

test('an address that means nothing is said to, with the kinds to choose from', async () => {
  await visit('/monitors/new?target=blah', { monitors: page([]), detectMonitor: () => null })
  expect(text()).toContain('Nothing fits “blah”')
  expect(text()).toContain('Requests a web address.')
})
