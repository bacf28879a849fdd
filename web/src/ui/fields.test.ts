import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { h } from 'vue'
import Button from './Button.vue'
import CheckBox from './CheckBox.vue'
import FormRow from './FormRow.vue'
import NumberField from './NumberField.vue'
import SegmentedControl from './SegmentedControl.vue'
import SelectField from './SelectField.vue'
import SwitchField from './SwitchField.vue'
import TextField from './TextField.vue'

describe('a button', () => {
  it('refuses presses while it is busy and says so', async () => {
    const pressed: Event[] = []
    const button = mount(Button, {
      props: { busy: true, onClick: (event: Event) => pressed.push(event) },
      slots: { default: 'Save' },
    })
    await button.trigger('click')
    expect(pressed).toHaveLength(0)
    expect(button.attributes('aria-busy')).toBe('true')
    await button.setProps({ busy: false })
    await button.trigger('click')
    expect(pressed).toHaveLength(1)
  })

  it('is a link when it leads somewhere', () => {
    const link = mount(Button, { props: { href: '/monitors/new' } })
    expect(link.element.tagName).toBe('A')
    expect(link.attributes('type')).toBeUndefined()
  })
})

describe('a form row', () => {
  const row = (props: object) =>
    mount(FormRow, {
      props: { label: 'URL', ...props },
      slots: { default: () => h(TextField) },
    })

  it('names its field', () => {
    const form = row({})
    expect(form.get('label').attributes('for')).toBe(form.get('input').attributes('id'))
    expect(form.get('input').attributes('aria-describedby')).toBeUndefined()
  })

  it('tells the field its error before its help', () => {
    const form = row({ error: 'Not an address.', help: 'With https://', required: true })
    const input = form.get('input')
    const texts = input
      .attributes('aria-describedby')
      ?.split(' ')
      .map((id) => form.get(`[id="${id}"]`).text())
    expect(texts).toEqual(['Not an address.', 'With https://'])
    expect(input.attributes('aria-invalid')).toBe('true')
    expect(input.attributes('aria-required')).toBe('true')
  })

  it('is a named group when it holds several inputs', () => {
    const form = row({ group: true })
    const label = form.attributes('aria-labelledby')
    expect(form.attributes('role')).toBe('group')
    expect(form.get(`[id="${label}"]`).text()).toContain('URL')
  })
})

describe('a text field', () => {
  it('tells what is typed', async () => {
    const field = mount(TextField, { props: { label: 'Filter' } })
    await field.get('input').setValue('shop')
    expect(field.emitted('update:modelValue')).toEqual([['shop']])
    expect(field.get('input').attributes('aria-label')).toBe('Filter')
  })

  it('hides a secret until asked and says that one is set', async () => {
    const field = mount(TextField, { props: { type: 'secret', isSet: true } })
    const input = field.get('input')
    expect(input.attributes('type')).toBe('password')
    expect(input.attributes('placeholder')).toBe('Set. Leave empty to keep it.')
    await field.get('button').trigger('click')
    expect(input.attributes('type')).toBe('text')
  })
})

describe('a number field', () => {
  it('tells numbers, and null when it is empty', async () => {
    const field = mount(NumberField, { props: { modelValue: 60 } })
    const input = field.get('input')
    await input.setValue('2.5')
    await input.setValue('')
    expect(field.emitted('update:modelValue')).toEqual([[2.5], [null]])
  })

  it('leaves the text alone while it means the same number', async () => {
    const field = mount(NumberField, { props: { modelValue: 1 } })
    const input = field.get('input')
    input.element.value = '2.0'
    await input.trigger('input')
    await field.setProps({ modelValue: 2 })
    expect(input.element.value).toBe('2.0')
    await field.setProps({ modelValue: 7 })
    expect(input.element.value).toBe('7')
  })
})

it('a choice tells the chosen value and can begin without one', async () => {
  const field = mount(SelectField, {
    props: {
      placeholder: 'Kind',
      options: [
        { value: 'http', label: 'HTTP' },
        { value: 'tcp', label: 'TCP' },
      ],
    },
  })
  expect(field.get('select').element.value).toBe('')
  await field.get('select').setValue('tcp')
  expect(field.emitted('update:modelValue')).toEqual([['tcp']])
})

it('a switch is one, with its help', async () => {
  const field = mount(SwitchField, { props: { label: 'Follow redirects', help: 'At most 10.' } })
  const input = field.get('[role=switch]')
  expect(field.get('label').attributes('for')).toBe(input.attributes('id'))
  const help = input.attributes('aria-describedby')
  expect(field.get(`[id="${help}"]`).text()).toBe('At most 10.')
  await input.setValue(true)
  expect(field.emitted('update:modelValue')).toEqual([[true]])
})

it('a check box can stand for some of many', () => {
  const box = mount(CheckBox, { props: { label: 'All', indeterminate: true, hideLabel: true } })
  expect(box.get('input').element.indeterminate).toBe(true)
  expect(box.get('label').text()).toBe('All')
})

it('a segmented control is one group of radio buttons', async () => {
  const control = mount(SegmentedControl, {
    props: {
      modelValue: '24h',
      label: 'Range',
      options: [
        { value: '1h', label: '1 h' },
        { value: '24h', label: '24 h' },
      ],
    },
  })
  const radios = control.findAll<HTMLInputElement>('input[type=radio]')
  expect(new Set(radios.map((radio) => radio.element.name)).size).toBe(1)
  expect(radios[1]?.element.checked).toBe(true)
  await radios[0]?.setValue()
  expect(control.emitted('update:modelValue')).toEqual([['1h']])
})
