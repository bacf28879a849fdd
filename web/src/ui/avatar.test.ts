import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import Avatar from './Avatar.vue'
import { initialsOf, lookOf } from './avatar-look.ts'

it.each([
  ['Ada Lovelace', 'AL'],
  ['ada', 'A'],
  ['Juan Carlos de la Vega', 'JV'],
  ['Acme (staging)', 'AS'],
  ['émile zola', 'ÉZ'],
  ['𝒜lan', '𝒜'],
  ['李小龍', '李'],
  ['  ', '?'],
  ['🦊', '?'],
])('shortens %s to %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})

it('gives a name one colour everywhere and keeps silent for screen readers', () => {
  const look = lookOf('Ada Lovelace')
  const avatar = mount(Avatar, { props: { name: 'Ada Lovelace' } })
  expect(avatar.classes()).toEqual(expect.arrayContaining(look.split(' ')))
  expect(avatar.attributes('aria-hidden')).toBe('true')
})
