import { watch } from 'vue'
import type { Theme } from '../generated/operations.ts'
import { setFormatting } from '../lib/formatting.ts'
import type { Entry } from '../lib/session/index.ts'
import { useTheme, type ThemeChoice } from '../lib/theme.ts'
import { loadViewersLanguage } from './messages.ts'

const CHOICES: Record<Theme, ThemeChoice> = { LIGHT: 'light', DARK: 'dark', SYSTEM: 'system' }

/** The theme as the account keeps it. */
export const themeOf = (choice: ThemeChoice): Theme =>
  choice.toUpperCase() as Uppercase<ThemeChoice>

/** Makes the pages look and speak as the profile of who is signed in says, now and after each change. */
export function applyProfile({ viewer }: Pick<Entry, 'viewer'>): void {
  watch(
    () => viewer.value?.theme,
    (theme) => theme && useTheme().choose(CHOICES[theme]),
    { immediate: true, flush: 'sync' },
  )
  watch(
    () => [viewer.value?.locale, viewer.value?.timeZone] as const,
    ([locale, timeZone]) => {
      setFormatting({ locale: locale ?? undefined, timeZone: timeZone ?? undefined })
      if (viewer.value) {
        void loadViewersLanguage([...(locale ? [locale] : []), ...navigator.languages])
      }
    },
    { flush: 'sync' },
  )
}
