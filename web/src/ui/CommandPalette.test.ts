import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import type { Command } from '../lib/commands.ts'
import CommandPalette from './CommandPalette.vue'

const command = (id: string, group = 'Monitors'): Command => ({ id, label: id, group })
let mounted: VueWrapper | undefined
afterEach(() => {
  mounted?.unmount()
  document.body.replaceChildren()
})

async function open(find: (query: string, signal: AbortSignal) => Promise<Command[]>) {
  const run = vi.fn()
  mounted = mount(CommandPalette, {
    attachTo: document.body,
    props: { open: true, find, onRun: run },
  })
  await flushPromises()
  const input = document.querySelector<HTMLInputElement>('[role=combobox]')
  if (!input) throw new Error('no input')
  const press = async (key: string) => {
    input.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))
    await flushPromises()
  }
  const type = async (text: string) => {
    input.value = text
    input.dispatchEvent(new Event('input'))
    await flushPromises()
  }
  return { run, input, press, type }
}
const options = () => [...document.querySelectorAll('[role=option]')]
const active = () => document.querySelector('[aria-selected=true]')?.textContent?.trim()

it('begins in its input with everything, in groups', async () => {
  const { input } = await open(async () => [command('a'), command('go', 'Places'), command('b')])
  expect(document.activeElement).toBe(input)
  expect(options().map((option) => option.textContent?.trim())).toEqual(['a', 'b', 'go'])
  expect(document.querySelectorAll('[role=group]')).toHaveLength(2)
  expect(input.getAttribute('aria-activedescendant')).toBe(options()[0]?.id)
})

it('moves by the arrows, around the ends, and runs by Enter', async () => {
  const { press, run } = await open(async () => [command('a'), command('b'), command('c')])
  await press('ArrowUp')
  expect(active()).toBe('c')
  await press('ArrowDown')
  await press('ArrowDown')
  expect(active()).toBe('b')
  await press('Enter')
  expect(run.mock.calls[0]?.[0]).toMatchObject({ id: 'b' })
  expect(mounted?.emitted('update:open')).toEqual([[false]])
})

it('drops the answer to an older text', async () => {
  const answers = new Map<string, (commands: Command[]) => void>()
  const { type } = await open((query) => new Promise((resolve) => answers.set(query, resolve)))
  await type('sh')
  await type('shop')
  answers.get('shop')?.([command('Shop')])
  await flushPromises()
  answers.get('sh')?.([command('Shell')])
  await flushPromises()
  expect(options().map((option) => option.textContent?.trim())).toEqual(['Shop'])
})

it('says when nothing fits', async () => {
  const { type, press, run } = await open(async () => [])
  await type('xyz')
  expect(document.body.textContent).toContain('Nothing fits “xyz”')
  await press('Enter')
  expect(run).not.toHaveBeenCalled()
})
