import { expect, it } from 'vitest'
import { addMessages, chooseLocale, i18n, translate } from './index.ts'

it('chooses the first of the viewer’s languages that has texts', () => {
  expect(chooseLocale(['fr-CH', 'de-AT', 'en'], ['en', 'de'])).toBe('de')
  expect(chooseLocale(['pt-BR'], ['en', 'pt-BR', 'pt'])).toBe('pt-BR')
  expect(chooseLocale(['xx'], ['en', 'de'])).toBe('en')
})

it('finds a room’s texts under its name, with plurals, and falls back to English', () => {
  addMessages('en', 'room', { beds: '{n} bed | {n} beds', only: 'English only' })
  addMessages('de', 'room', { beds: '{n} Bett | {n} Betten' })
  expect(i18n.global.t('room.beds', 1)).toBe('1 bed')
  i18n.global.locale.value = 'de'
  try {
    expect(i18n.global.t('room.beds', 3)).toBe('3 Betten')
    expect(translate('room.only')).toBe('English only')
  } finally {
    i18n.global.locale.value = 'en'
  }
})
