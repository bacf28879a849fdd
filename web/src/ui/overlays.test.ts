import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, h } from 'vue'
import { listenForShortcuts, useShortcuts } from '../lib/shortcuts.ts'
import Button from './Button.vue'
import Dialog from './Dialog.vue'
import Menu from './Menu.vue'
import SplitPane from './SplitPane.vue'
import Tabs from './Tabs.vue'
import TextField from './TextField.vue'

let mounted: VueWrapper[] = []
afterEach(async () => {
  for (const each of mounted) each.unmount()
  mounted = []
  await flushPromises()
  document.body.replaceChildren()
})
const pressOn = (target: Element | null, key: string) =>
  target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
const shown = (selector: string) => document.body.querySelector<HTMLElement>(selector)

describe('a dialog', () => {
  function open() {
    const dialog = mount(Dialog, {
      attachTo: document.body,
      props: { open: true, title: 'New monitor', description: 'Checks start at once.' },
      slots: { default: () => h(TextField, { label: 'Name' }) },
    })
    mounted.push(dialog)
    return dialog
  }

  it('is named and described, and begins at its first field', async () => {
    open()
    await flushPromises()
    const box = shown('[role=dialog]')
    expect(shown(`[id="${box?.getAttribute('aria-labelledby')}"]`)?.textContent).toBe('New monitor')
    expect(shown(`[id="${box?.getAttribute('aria-describedby')}"]`)?.textContent).toContain(
      'Checks',
    )
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Name')
  })

  it.each([
    ['its button', () => shown('[aria-label=Close]')?.click()],
    ['Escape', () => pressOn(document.activeElement, 'Escape')],
  ])('closes by %s', async (_way, close) => {
    const dialog = open()
    await flushPromises()
    close()
    await flushPromises()
    expect(dialog.emitted('update:open')).toEqual([[false]])
  })

  it('keeps the page’s shortcuts away', async () => {
    const run = vi.fn()
    const scope = effectScope()
    const stop = listenForShortcuts()
    scope.run(() => useShortcuts([{ keys: 'j', label: '', group: '', run }]))
    const press = () => pressOn(document.body, 'j')
    const dialog = open()
    press()
    expect(run).not.toHaveBeenCalled()
    await dialog.setProps({ open: false })
    press()
    expect(run).toHaveBeenCalledTimes(1)
    scope.stop()
    stop()
  })
})

describe('a menu', () => {
  async function open(props: object) {
    const menu = mount(Menu, {
      attachTo: document.body,
      props: { items: [], ...props },
      slots: { default: () => h(Button, () => 'Theme') },
    })
    mounted.push(menu)
    menu.get('button').element.focus()
    await menu.get('button').trigger('keydown', { key: 'ArrowDown' })
    await flushPromises()
    return menu
  }
  const ITEMS = [
    { id: 'pause', label: 'Pause' },
    { id: 'edit', label: 'Edit', disabled: true },
    { id: 'delete', label: 'Delete' },
  ]
  const focused = () => document.activeElement?.textContent?.trim()

  it('begins at its first item, steps over disabled ones and goes around the ends', async () => {
    await open({ items: ITEMS })
    expect(focused()).toBe('Pause')
    pressOn(document.activeElement, 'ArrowDown')
    expect(focused()).toBe('Delete')
    pressOn(document.activeElement, 'ArrowDown')
    expect(focused()).toBe('Pause')
    pressOn(document.activeElement, 'End')
    expect(focused()).toBe('Delete')
  })

  it('goes to what is typed', async () => {
    await open({ items: ITEMS })
    pressOn(document.activeElement, 'd')
    pressOn(document.activeElement, 'e')
    expect(focused()).toBe('Delete')
  })

  it('runs what is chosen and gives the focus back', async () => {
    const run = vi.fn()
    const menu = await open({ items: [{ id: 'a', label: 'Pause', run }] })
    expect(menu.get('button').attributes('aria-expanded')).toBe('true')
    shown('[role=menuitem]')?.click()
    await flushPromises()
    expect(run).toHaveBeenCalledTimes(1)
    expect(shown('[role=menu]')).toBeNull()
    expect(focused()).toBe('Theme')
  })

  it('closes by Escape and by a press elsewhere', async () => {
    const menu = await open({ items: ITEMS })
    pressOn(document.activeElement, 'Escape')
    await flushPromises()
    expect(shown('[role=menu]')).toBeNull()
    await menu.get('button').trigger('keydown', { key: 'ArrowUp' })
    await flushPromises()
    expect(focused()).toBe('Delete')
    document.body.dispatchEvent(new Event('pointerdown', { bubbles: true }))
    await flushPromises()
    expect(shown('[role=menu]')).toBeNull()
  })

  it('says which one of a choice is chosen', async () => {
    await open({ items: ITEMS, chosen: 'delete' })
    const states = [...document.querySelectorAll('[role=menuitemradio]')].map((item) =>
      item.getAttribute('aria-checked'),
    )
    expect(states).toEqual(['false', 'false', 'true'])
  })
})

it('tabs show the part that is chosen', async () => {
  const tabs = mount(Tabs, {
    attachTo: document.body,
    props: {
      modelValue: 'one',
      label: 'Parts',
      tabs: [
        { value: 'one', label: 'One' },
        { value: 'two', label: 'Two' },
      ],
      'onUpdate:modelValue': (next: string) => tabs.setProps({ modelValue: next }),
    },
    slots: { one: 'first part', two: 'second part' },
  })
  mounted.push(tabs)
  await tabs.findAll('[role=tab]')[1]?.trigger('mousedown', { button: 0 })
  await flushPromises()
  expect(tabs.get('[role=tabpanel][data-state=active]').text()).toBe('second part')
})

describe('a split pane', () => {
  let isWide = true
  beforeEach(() => {
    vi.spyOn(window, 'matchMedia').mockImplementation(
      () => Object.assign(new EventTarget(), { matches: isWide }) as unknown as MediaQueryList,
    )
  })
  afterEach(() => vi.restoreAllMocks())
  const open = () => {
    const pane = mount(SplitPane, {
      attachTo: document.body,
      props: { open: true, title: 'Checkout' },
      slots: { default: 'list', detail: '<p class="facts">facts</p>' },
    })
    mounted.push(pane)
    return pane
  }

  it('shows the panel beside the list where there is room', async () => {
    isWide = true
    const pane = open()
    await flushPromises()
    expect(pane.get('aside').attributes('aria-label')).toBe('Checkout')
    expect(shown('[role=dialog]')).toBeNull()
  })

  it('shows it as a sheet elsewhere, and closing the sheet closes the panel', async () => {
    isWide = false
    const pane = open()
    await vi.waitFor(() => expect(shown('[role=dialog] .facts')).not.toBeNull())
    shown('[aria-label=Close]')?.click()
    expect(pane.emitted('update:open')).toEqual([[false]])
  })
})
