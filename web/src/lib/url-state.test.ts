import { flushPromises, mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { defineComponent, type WritableComputedRef } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { choiceInUrl, choicesInUrl, textInUrl, useUrlState } from './url-state.ts'

interface Filter {
  search: WritableComputedRef<string>
  order: WritableComputedRef<'problems' | 'name'>
  states: WritableComputedRef<('UP' | 'DOWN')[]>
}

async function open(address: string) {
  let filter: Filter | undefined
  const view = defineComponent({
    setup() {
      filter = {
        search: useUrlState('q', textInUrl),
        order: useUrlState('order', choiceInUrl(['problems', 'name'])),
        states: useUrlState('status', choicesInUrl(['UP', 'DOWN'])),
      }
      return () => null
    },
  })
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [{ path: '/', component: view }],
  })
  await router.push(address)
  mount(view, { global: { plugins: [router] } })
  if (!filter) throw new Error('not set up')
  return { router, filter }
}

it('reads what the address says and takes nonsense for the default', async () => {
  const { filter } = await open('/?q=shop&order=nonsense&status=DOWN,BAD')
  expect(filter.search.value).toBe('shop')
  expect(filter.order.value).toBe('problems')
  expect(filter.states.value).toEqual(['DOWN'])
})

it('is right at once and puts changes of one tick into the address together', async () => {
  const { router, filter } = await open('/?keep=1')
  filter.search.value = 'shop'
  filter.order.value = 'name'
  filter.states.value = ['UP', 'DOWN']
  expect(filter.search.value).toBe('shop')
  await flushPromises()
  expect(router.currentRoute.value.query).toEqual({
    keep: '1',
    q: 'shop',
    order: 'name',
    status: 'UP,DOWN',
  })
  expect(filter.states.value).toEqual(['UP', 'DOWN'])
})

it('leaves defaults out of the address', async () => {
  const { router, filter } = await open('/?q=shop&order=name')
  filter.search.value = ''
  filter.order.value = 'problems'
  await flushPromises()
  expect(router.currentRoute.value.fullPath).toBe('/')
})
