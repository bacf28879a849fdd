import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, ref, type EffectScope } from 'vue'
import { listenForShortcuts, shortcuts, useShortcutLayer, useShortcuts } from './shortcuts.ts'

let scope: EffectScope
let stop: () => void
const shortcut = (keys: string, more: { when?: () => boolean } = {}) => {
  const run = vi.fn()
  scope.run(() => useShortcuts([{ keys, label: 'l', group: 'g', run, ...more }]))
  return run
}
function press(key: string, more: KeyboardEventInit = {}, target: EventTarget = document.body) {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more })
  target.dispatchEvent(event)
  return event
}

beforeEach(() => {
  scope = effectScope()
  stop = listenForShortcuts()
})
afterEach(() => {
  scope.stop()
  stop()
  document.body.replaceChildren()
})

describe('a shortcut', () => {
  it('runs at its key and keeps the browser from acting', () => {
    const run = shortcut('j')
    expect(press('j').defaultPrevented).toBe(true)
    expect(press('k').defaultPrevented).toBe(false)
    expect(run).toHaveBeenCalledTimes(1)
  })

  it('tells shift with letters, not with signs', () => {
    const [range, help] = [shortcut('shift+x'), shortcut('?')]
    press('X', { shiftKey: true })
    press('?', { shiftKey: true })
    expect(range).toHaveBeenCalledTimes(1)
    expect(help).toHaveBeenCalledTimes(1)
  })

  it('is text inside a field, unless it has Ctrl', () => {
    const [plain, global] = [shortcut('j'), shortcut('mod+k')]
    const input = document.body.appendChild(document.createElement('input'))
    press('j', {}, input)
    press('k', { ctrlKey: true }, input)
    expect(plain).not.toHaveBeenCalled()
    expect(global).toHaveBeenCalledTimes(1)
  })

  it('works on a checkbox, where letters are no text', () => {
    const run = shortcut('x')
    const box = document.body.appendChild(document.createElement('input'))
    box.type = 'checkbox'
    press('x', {}, box)
    expect(run).toHaveBeenCalledTimes(1)
  })

  it('can be two keys in turn', () => {
    const [go, single] = [shortcut('g m'), shortcut('m')]
    press('g')
    press('m')
    expect(go).toHaveBeenCalledTimes(1)
    expect(single).not.toHaveBeenCalled()
    press('m')
    expect(single).toHaveBeenCalledTimes(1)
  })

  it('gives way to an older one while its condition fails', () => {
    const [older, younger] = [shortcut('p'), shortcut('p', { when: () => false })]
    press('p')
    expect(older).toHaveBeenCalledTimes(1)
    expect(younger).not.toHaveBeenCalled()
  })

  it('goes with the component that took it', () => {
    const run = shortcut('j')
    expect(shortcuts.value).toHaveLength(1)
    scope.stop()
    press('j')
    expect(run).not.toHaveBeenCalled()
    expect(shortcuts.value).toHaveLength(0)
  })
})

it('is not heard while a dialog is open, except with Ctrl', () => {
  const [plain, global] = [shortcut('j'), shortcut('mod+k')]
  const isOpen = ref(true)
  const dialog = effectScope()
  dialog.run(() => useShortcutLayer(isOpen))
  press('j')
  press('k', { ctrlKey: true })
  expect(plain).not.toHaveBeenCalled()
  expect(global).toHaveBeenCalledTimes(1)
  dialog.stop()
  press('j')
  expect(plain).toHaveBeenCalledTimes(1)
})
