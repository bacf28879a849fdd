import { flushPromises, mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { effectScope, ref } from 'vue'
import { useListCursor } from './list-cursor.ts'
import SortHeader from './SortHeader.vue'
import VirtualList from './VirtualList.vue'

describe('a list’s cursor and selection', () => {
  const setUp = (...names: string[]) => {
    const ids = ref(names)
    const list = effectScope().run(() => useListCursor(() => ids.value))
    if (!list) throw new Error('no scope')
    return { ids, list }
  }

  it('moves within the list', () => {
    const { list } = setUp('a', 'b', 'c')
    expect(list.move(1)).toBe(0)
    expect(list.move(5)).toBe(2)
    expect(list.current.value).toBe('c')
    list.move(-1)
    expect(list.current.value).toBe('b')
  })

  it('selects a range from the one selected last, in either direction', () => {
    const { list } = setUp('a', 'b', 'c', 'd')
    list.toggle('c')
    list.toggle('a', true)
    expect([...list.selected.value].sort()).toEqual(['a', 'b', 'c'])
    list.toggle('b')
    expect([...list.selected.value].sort()).toEqual(['a', 'c'])
  })

  it('forgets what left the list', () => {
    const { ids, list } = setUp('a', 'b')
    list.selectAll()
    expect(list.areAllSelected.value).toBe(true)
    ids.value = ['b', 'c']
    expect([...list.selected.value]).toEqual(['b'])
    expect(list.areAllSelected.value).toBe(false)
    list.clear()
    expect(list.selected.value.size).toBe(0)
  })

  it('has nothing to select in an empty list', () => {
    const { list } = setUp()
    list.move(1)
    expect(list.current.value).toBeNull()
    expect(list.areAllSelected.value).toBe(false)
  })
})

describe('a long list', () => {
  const render = (count: number) =>
    mount(VirtualList<string>, {
      props: {
        items: Array.from({ length: count }, (_, index) => `row ${index}`),
        rowHeight: 50,
        keyOf: (item: string) => item,
      },
      slots: { default: ({ item }: { item: string }) => item },
    })

  it('has all rows in the page while they are few', () => {
    expect(render(100).text()).toContain('row 99')
  })

  it('leaves out what is not in sight when they are many, and keeps the height', async () => {
    const list = render(1000)
    await flushPromises()
    expect(list.text()).not.toContain('row 999')
    const spacers = list.findAll<HTMLElement>('[aria-hidden=true]')
    const height = spacers.reduce((sum, { element }) => sum + parseFloat(element.style.height), 0)
    const rows = list.text().match(/row/g)?.length ?? 0
    expect(height + rows * 50).toBe(50_000)
  })

  it('brings a row into sight by the shortest way', () => {
    const list = render(50)
    const box = list.element as HTMLElement
    Object.defineProperty(box, 'clientHeight', { value: 200 })
    list.vm.scrollTo(9)
    expect(box.scrollTop).toBe(300)
    list.vm.scrollTo(8)
    expect(box.scrollTop).toBe(300)
    list.vm.scrollTo(2)
    expect(box.scrollTop).toBe(100)
  })
})

it('a sorting head says which way', async () => {
  const head = mount(SortHeader, { props: { label: 'Uptime', direction: 'ascending' } })
  expect(head.attributes('aria-sort')).toBe('ascending')
  expect(head.text()).toContain('lowest first')
  await head.get('button').trigger('click')
  expect(head.emitted('sort')).toHaveLength(1)
})
