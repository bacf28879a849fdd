import { createI18n } from 'vue-i18n'
import { expect, it } from 'vitest'
import { moduleOf } from './compiled-messages.ts'

it('compiles texts to what vue-i18n reads: plain, with values, with plurals', async () => {
  const code = moduleOf({
    close: 'Close “it”',
    deep: { greet: 'Good day, {name}', beds: '{n} bed | {n} beds' },
  })
  const { default: en } = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    default: Record<string, string>
  }
  const i18n = createI18n({ legacy: false, locale: 'en', messages: {} })
  i18n.global.setLocaleMessage('en', en)
  const t = (key: string, value?: unknown) => i18n.global.t(key, value as never)
  expect(t('close')).toBe('Close “it”')
  expect(t('deep.greet', { name: 'Ada' })).toBe('Good day, Ada')
  expect(t('deep.beds', 1)).toBe('1 bed')
  expect(t('deep.beds', 3)).toBe('3 beds')
})

it('refuses a text with a mistake, by its words', () => {
  expect(() => moduleOf({ bad: 'Hello {name' })).toThrow('"Hello {name"')
})
