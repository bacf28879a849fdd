import { mount } from '@vue/test-utils'
import { expect, it, vi } from 'vitest'
import PasswordMeter from './PasswordMeter.vue'
import { strengthOf } from './strength.ts'

it.each([
  ['short', 'short'],
  ['password12', 'weak'],
  ['ada lovelace', 'weak'],
  ['correct horse battery staple', 'strong'],
])('calls %s %s', async (password, strength) => {
  expect(await strengthOf(password, ['Ada Lovelace', 'ada@example.com'])).toBe(strength)
})

it('is done with a very long password at once', async () => {
  expect(await strengthOf('aB3$'.repeat(5000), [])).toBeDefined()
})

it('says in words what the bar shows', async () => {
  const meter = mount(PasswordMeter, { props: { password: '' } })
  expect(meter.get('[role=status]').text()).toContain('At least 10 characters')
  await meter.setProps({ password: 'abc' })
  expect(meter.get('[role=status]').text()).toBe('Too short: 3 of 10 characters')
  await meter.setProps({ password: 'correct horse battery staple' })
  await vi.waitFor(() => expect(meter.get('[role=status]').text()).toContain('Strong'), 5000)
  expect(meter.findAll('.bg-up')).toHaveLength(4)
})
