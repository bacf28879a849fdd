import { mount } from '@vue/test-utils'
import { Pencil } from '@lucide/vue'
import { expect, it, vi } from 'vitest'
import Button from './Button.vue'
import IconButton from './IconButton.vue'

const WHY = 'Viewers can look, not change. Ask an admin.'

it('a refused button can be reached, does nothing and says why', async () => {
  const click = vi.fn()
  const button = mount(Button, {
    props: { refusal: WHY, type: 'submit' },
    attrs: { onClick: click },
    slots: { default: 'New monitor' },
    attachTo: document.body,
  })
  const element = button.get('button')
  expect(element.attributes()).toMatchObject({ 'aria-disabled': 'true', type: 'button' })
  expect(element.attributes('disabled')).toBeUndefined()
  await element.trigger('click')
  expect(click).not.toHaveBeenCalled()
  await button.setProps({ refusal: undefined })
  await button.get('button').trigger('click')
  expect(click).toHaveBeenCalledOnce()
  button.unmount()
})

it('a refused icon button keeps its name and does nothing', async () => {
  const click = vi.fn()
  const button = mount(IconButton, {
    props: { icon: Pencil, label: 'Edit', refusal: WHY },
    attrs: { onClick: click },
    attachTo: document.body,
  })
  await button.get('button').trigger('click')
  expect(click).not.toHaveBeenCalled()
  expect(button.get('button').attributes('aria-label')).toBe('Edit')
  await button.setProps({ refusal: undefined })
  await button.get('button').trigger('click')
  expect(click).toHaveBeenCalledOnce()
  button.unmount()
})
