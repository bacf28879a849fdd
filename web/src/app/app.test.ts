import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createMemoryHistory, createRouter, type RouteComponent } from 'vue-router'
import { playServer } from '../../test/server.ts'
import { i18n } from '../lib/i18n/index.ts'
import { loadViewersLanguage } from './messages.ts'
import NotFoundView from './NotFoundView.vue'
import { reloadAfterUpdate } from './reload-after-update.ts'
import SideBar from './SideBar.vue'

afterEach(() => sessionStorage.clear())

const routerWith = (component: RouteComponent | (() => Promise<never>)) =>
  createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: NotFoundView },
      { path: '/late', component },
      { path: '/:path(.*)*', component: NotFoundView },
    ],
  })

it('says where an unknown address leads and offers the way back', async () => {
  const router = routerWith(NotFoundView)
  await router.push('/nowhere')
  const page = mount(NotFoundView, { global: { plugins: [router] } })
  expect(page.text()).toContain('/nowhere')
  expect(page.get('a').attributes('href')).toBe('/')
})

it('shows only places that exist, and where one is', async () => {
  const router = routerWith(NotFoundView)
  await router.push('/')
  const { plugin } = playServer({ workspaces: [] })
  const bar = mount(SideBar, { global: { plugins: [router, plugin] } })
  const links = bar.findAll('nav a')
  expect(links.map((link) => link.attributes('href'))).toEqual([
    '/',
    '/status-pages',
    '/settings/members',
    '/graphql',
  ])
  expect(links[0]?.attributes('aria-current')).toBe('page')
})

it('speaks English to those whose language it lacks', async () => {
  expect(await loadViewersLanguage(['xx-YY'])).toBe('en')
  expect(document.documentElement.lang).toBe('en')
  expect(i18n.global.t('app.name')).toBe('Allswell')
})

describe('after an update of the server', () => {
  it('loads the page anew at the wanted address, once', async () => {
    const go = vi.fn()
    const router = routerWith(() =>
      Promise.reject(new TypeError('Failed to fetch dynamically imported module')),
    )
    reloadAfterUpdate(router, go)
    await router.push('/')
    await router.push('/late').catch(() => undefined)
    await router.push('/late').catch(() => undefined)
    await flushPromises()
    expect(go.mock.calls).toEqual([['/late']])
  })

  it('leaves other mistakes alone', async () => {
    const go = vi.fn()
    const router = routerWith(() => Promise.reject(new Error('a bug')))
    reloadAfterUpdate(router, go)
    await router.push('/late').catch(() => undefined)
    expect(go).not.toHaveBeenCalled()
  })
})
