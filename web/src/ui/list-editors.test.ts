import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, expect, it } from 'vitest'
import KeyValueEditor from './KeyValueEditor.vue'
import StringListEditor from './StringListEditor.vue'

let mounted: VueWrapper | undefined
afterEach(() => mounted?.unmount())

/** With the model wired as a form wires it. */
function edit(component: typeof StringListEditor | typeof KeyValueEditor, modelValue: unknown[]) {
  const editor = mount(component as typeof StringListEditor, {
    attachTo: document.body,
    props: {
      modelValue: modelValue as string[],
      'onUpdate:modelValue': (next: unknown) => editor.setProps({ modelValue: next as string[] }),
    },
  })
  mounted = editor
  return editor
}
const focused = () => document.activeElement?.getAttribute('aria-label')

it('adds a line, focuses it, and Enter adds the next one below', async () => {
  const editor = edit(StringListEditor, ['one'])
  await editor.get('[data-add-line]').trigger('click')
  await flushPromises()
  expect(focused()).toBe('Line 2')
  await editor.get('[aria-label="Line 1"]').trigger('keydown', { key: 'Enter' })
  await flushPromises()
  expect(editor.props('modelValue')).toEqual(['one', '', ''])
  expect(focused()).toBe('Line 2')
})

it('keeps the focus near when a line goes, and ends at the add button', async () => {
  const editor = edit(StringListEditor, ['one', 'two'])
  await editor.get('[aria-label="Remove line 2"]').trigger('click')
  await flushPromises()
  expect(focused()).toBe('Line 1')
  await editor.get('[aria-label="Line 1"]').setValue('')
  await editor.get('[aria-label="Line 1"]').trigger('keydown', { key: 'Backspace' })
  await flushPromises()
  expect(editor.props('modelValue')).toEqual([])
  expect(document.activeElement?.textContent).toContain('Add a line')
})

it('makes lines of pasted lines', async () => {
  const editor = edit(StringListEditor, [''])
  const clipboardData = { getData: () => '[STATUS] == 200\n\n[BODY] != ""\n' }
  await editor.get('input').trigger('paste', { clipboardData })
  expect(editor.props('modelValue')).toEqual(['[STATUS] == 200', '[BODY] != ""'])
})

it('shows what is wrong at the line', async () => {
  const editor = edit(StringListEditor, ['good', 'bad'])
  await editor.setProps({ errors: { 1: 'A value is missing.' } })
  expect(editor.get('[aria-label="Line 2"]').attributes('aria-invalid')).toBe('true')
  expect(editor.get('[role=alert]').text()).toBe('A value is missing.')
})

it('edits pairs without touching the old list', async () => {
  const before = [{ name: 'accept', value: '' }]
  const editor = edit(KeyValueEditor, before)
  await editor.get('[aria-label="Value in line 1"]').setValue('text/html')
  expect(editor.props('modelValue')).toEqual([{ name: 'accept', value: 'text/html' }])
  expect(before).toEqual([{ name: 'accept', value: '' }])
})

it('makes pairs of headers pasted from elsewhere', async () => {
  const editor = edit(KeyValueEditor, [{ name: '', value: '' }])
  const clipboardData = { getData: () => 'Accept: text/html\nX-Key: a:b=c\n' }
  await editor.get('[aria-label="Name in line 1"]').trigger('paste', { clipboardData })
  expect(editor.props('modelValue')).toEqual([
    { name: 'Accept', value: 'text/html' },
    { name: 'X-Key', value: 'a:b=c' },
  ])
})
