import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { useTheme } from '../../lib/theme.ts'
import { factsOf, lonelyPoints, spreadIndices, withGaps } from './chart-data.ts'
import LineChart from './LineChart.vue'
import { niceTop } from './plot-options.ts'
import { fade } from './token-color.ts'

const plots = vi.hoisted(() => ({ made: [] as { destroyed: boolean; data: unknown }[] }))
vi.mock('uplot', () => ({
  default: class {
    width = 100
    destroyed = false
    data: unknown
    constructor(_options: unknown, data: unknown) {
      this.data = data
      plots.made.push(this)
    }
    setData(data: unknown) {
      this.data = data
    }
    setSize() {}
    destroy() {
      this.destroyed = true
    }
  },
}))

const series = (values: (number | null)[]) => [{ label: 'Response', color: 'accent', values }]

describe('the data of a chart', () => {
  it('breaks the line where neighbours are too far apart', () => {
    expect(withGaps([0, 10, 50, 60], series([1, 2, 3, 4]), 15)).toEqual({
      timesMs: [0, 10, 25, 50, 60],
      values: [[1, 2, null, 3, 4]],
    })
  })

  it('knows lowest, mean, highest and last, leaving gaps out', () => {
    expect(factsOf([2, null, 4, 3, null])).toEqual({ min: 2, mean: 3, max: 4, last: 3 })
    expect(factsOf([null])).toBeNull()
  })

  it('finds the points that a line can’t show', () => {
    expect(lonelyPoints([1, null, 2, 3, null, 4])).toEqual([0, 5])
  })

  it('spreads a long table evenly, ends included', () => {
    expect(spreadIndices(3, 5)).toEqual([0, 1, 2])
    expect(spreadIndices(101, 5)).toEqual([0, 25, 50, 75, 100])
  })

  it('rounds the axis up', () => {
    expect([niceTop(null), niceTop(0), niceTop(276), niceTop(912), niceTop(0.03)]).toEqual([
      100, 100, 400, 1500, 0.04,
    ])
  })

  it('makes a colour see-through without passing grey', () => {
    expect(fade('rgb(4, 120, 87)', 0.5)).toBe('rgba(4, 120, 87, 0.5)')
  })
})

describe('a chart', () => {
  const render = (values: (number | null)[]) =>
    mount(LineChart, {
      attachTo: document.body,
      props: { label: 'Response time', timesMs: [0, 60_000, 120_000], series: series(values) },
    })

  it('tells its summary and its data to those who don’t see it', async () => {
    const chart = render([20, null, 40])
    expect(chart.get('figcaption').text()).toBe(
      'Response time: lowest 20 ms, average 30 ms, highest 40 ms, last 40 ms.',
    )
    const details = chart.get('details')
    ;(details.element as HTMLDetailsElement).open = true
    await details.trigger('toggle')
    const cells = chart.findAll('tbody td').map((cell) => cell.text())
    expect(cells).toEqual(['40 ms', 'no value', '20 ms'])
    chart.unmount()
  })

  it('says when there is nothing to show', () => {
    const chart = render([null, null, null])
    expect(chart.text()).toContain('No data in this range')
    chart.unmount()
  })

  it('is drawn anew after a change of theme, gets new data without, and leaves nothing behind', async () => {
    plots.made.length = 0
    const chart = render([1, 2, 3])
    await vi.waitFor(() => expect(plots.made).toHaveLength(1))
    await chart.setProps({ series: series([4, 5, 6]) })
    expect(plots.made).toHaveLength(1)
    expect(plots.made[0]?.data).toEqual([
      [0, 60_000, 120_000],
      [4, 5, 6],
    ])
    useTheme().choose('dark')
    await nextTick()
    await vi.waitFor(() => expect(plots.made).toHaveLength(2))
    expect(plots.made[0]?.destroyed).toBe(true)
    chart.unmount()
    await flushPromises()
    expect(plots.made[1]?.destroyed).toBe(true)
    useTheme().choose('system')
  })
})
