import { enableAutoUnmount, mount } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import Toasts from './Toasts.vue'
import { dismissToast, showToast, toasts } from './toasts.ts'

enableAutoUnmount(afterEach)
beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  for (const { id } of [...toasts]) dismissToast(id)
  vi.useRealTimers()
})

it('tells politely and goes by itself', async () => {
  const view = mount(Toasts)
  expect(view.get('[aria-live=polite]').text()).toBe('')
  showToast({ title: 'Saved' })
  await nextTick()
  expect(view.get('[aria-live=polite]').text()).toContain('Saved')
  vi.advanceTimersByTime(5000)
  await nextTick()
  expect(view.text()).toBe('')
})

it('offers to undo, once, and longer', async () => {
  const run = vi.fn()
  const view = mount(Toasts)
  showToast({ title: 'Deleted', action: { label: 'Undo', run } })
  await nextTick()
  vi.advanceTimersByTime(9000)
  await view.get('button').trigger('click')
  expect(run).toHaveBeenCalledTimes(1)
  expect(toasts).toHaveLength(0)
})

it('waits while it is pointed at or has the focus', async () => {
  const view = mount(Toasts)
  showToast({ title: 'Deleted', action: { label: 'Undo', run: () => undefined } })
  await nextTick()
  await view.get('li').trigger('pointerenter')
  vi.advanceTimersByTime(60_000)
  expect(toasts).toHaveLength(1)
  await view.get('li').trigger('pointerleave')
  vi.advanceTimersByTime(10_000)
  expect(toasts).toHaveLength(0)
})

it('never covers the page: the oldest makes room', () => {
  for (const title of ['1', '2', '3', '4', '5']) showToast({ title })
  expect(toasts.map(({ title }) => title)).toEqual(['2', '3', '4', '5'])
})

it('can be taken away by who showed it', () => {
  const takeAway = showToast({ title: 'Working…', durationMs: 0 })
  vi.advanceTimersByTime(100_000)
  expect(toasts).toHaveLength(1)
  takeAway()
  expect(toasts).toHaveLength(0)
})
