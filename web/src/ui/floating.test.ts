import { mount } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { h, nextTick } from 'vue'
import { placeBeside } from './floating.ts'
import Tooltip from './Tooltip.vue'

describe('a floating box', () => {
  const view = { width: 1000, height: 600 }
  const box = { width: 200, height: 100 }
  const anchor = (left: number, top: number) => ({ left, top, width: 80, height: 30 })

  it('stands below its anchor, and above where there is no room', () => {
    const place = { side: 'bottom', align: 'start', gap: 4 } as const
    expect(placeBeside(anchor(100, 100), box, view, place)).toEqual({ left: 100, top: 134 })
    expect(placeBeside(anchor(100, 550), box, view, place)).toEqual({ left: 100, top: 446 })
  })

  it('stays inside the window', () => {
    const place = { side: 'bottom', align: 'start', gap: 4 } as const
    expect(placeBeside(anchor(950, 100), box, view, place).left).toBe(792)
    const end = { side: 'top', align: 'end', gap: 4 } as const
    expect(placeBeside(anchor(10, 300), box, view, end)).toEqual({ left: 8, top: 196 })
  })

  it('can stand at a side, in the middle', () => {
    const place = { side: 'right', align: 'center', gap: 6 } as const
    expect(placeBeside(anchor(100, 200), box, view, place)).toEqual({ left: 186, top: 165 })
  })
})

describe('a tooltip', () => {
  afterEach(() => vi.useRealTimers())
  const render = (props: object = {}) =>
    mount(Tooltip, {
      props: { text: 'Copies the address', ...props },
      slots: { default: () => h('button', 'Copy') },
    })

  it('comes after a moment of pointing and describes its trigger', async () => {
    vi.useFakeTimers()
    const tip = render()
    const button = tip.get('button')
    await button.trigger('pointerenter', { pointerType: 'mouse' })
    expect(tip.find('[role=tooltip]').exists()).toBe(false)
    vi.advanceTimersByTime(450)
    await nextTick()
    const bubble = tip.get('[role=tooltip]')
    expect(bubble.text()).toBe('Copies the address')
    expect(button.attributes('aria-describedby')).toBe(bubble.attributes('id'))
    await button.trigger('keydown', { key: 'Escape' })
    expect(tip.find('[role=tooltip]').exists()).toBe(false)
  })

  it('never comes when the pointer has gone on or is a finger', async () => {
    vi.useFakeTimers()
    const tip = render()
    await tip.get('button').trigger('pointerenter', { pointerType: 'mouse' })
    await tip.get('button').trigger('pointerleave')
    await tip.get('button').trigger('pointerenter', { pointerType: 'touch' })
    vi.advanceTimersByTime(1000)
    await nextTick()
    expect(tip.find('[role=tooltip]').exists()).toBe(false)
  })
})
