import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { beatPaths, type Beat } from './beat-paths.ts'
import BeatBars from './BeatBars.vue'
import ConnectionPill from './ConnectionPill.vue'
import { STATUSES, statusLooks } from './status.ts'
import StatusBadge from './StatusBadge.vue'

const beats = (...statuses: Beat['status'][]): Beat[] => statuses.map((status) => ({ status }))

it('gives every status its own shape and word: colour is never alone', () => {
  const shapes = new Set(STATUSES.map((status) => statusLooks[status].path))
  const words = new Set(STATUSES.map((status) => mount(StatusBadge, { props: { status } }).text()))
  expect(shapes.size).toBe(STATUSES.length)
  expect(words.size).toBe(STATUSES.length)
})

describe('the bars of beats', () => {
  it('are one path for each state, the newest at the right, the worse the taller', () => {
    const paths = beatPaths(beats('UP', 'DOWN', 'UP'), 4, 20)
    expect(paths).toEqual([
      { status: 'UP', path: 'M5 3h3.6v14h-3.6zM15 3h3.6v14h-3.6z' },
      { status: 'DOWN', path: 'M10 0h3.6v20h-3.6z' },
    ])
  })

  it('show the newest when there are more than fit', () => {
    expect(beatPaths(beats('DOWN', 'UP', 'UP'), 2, 20).map(({ status }) => status)).toEqual(['UP'])
  })

  it('say in words what they show', () => {
    const summary = (list: Beat[]) =>
      mount(BeatBars, { props: { beats: list, slots: 3 } })
        .get('[role=img]')
        .attributes('aria-label')
    expect(summary([])).toBe('No checks yet')
    expect(summary(beats('UP'))).toBe('Last 1 check: 1 up')
    expect(summary(beats('DOWN', 'UP', 'DOWN', 'UP'))).toBe('Last 3 checks: 2 up, 1 down')
  })

  it('tell the one that is pointed at', async () => {
    const bars = mount(BeatBars, {
      props: {
        beats: [{ status: 'DOWN', latencyMs: 276, at: Date.UTC(2025, 0, 1, 12) }],
        slots: 2,
      },
    })
    const svg = bars.get('svg')
    svg.element.getBoundingClientRect = () => ({ left: 0, width: 100 }) as DOMRect
    await svg.trigger('pointermove', { clientX: 75 })
    expect(bars.text()).toContain('Down · 276 ms · 12:00:00')
    await svg.trigger('pointermove', { clientX: 10 })
    expect(bars.text()).toBe('')
  })
})

it('says how old the screen is while the connection is lost', () => {
  const asOfMs = Date.UTC(2025, 10, 23, 12, 3, 20)
  const text = (phase: 'live' | 'reconnecting') =>
    mount(ConnectionPill, { props: { phase, asOfMs } }).text()
  expect(text('live')).toBe('Live')
  expect(text('reconnecting')).toBe('Reconnecting… data as of 12:03:20')
})
