import { Monitor, Moon, Sun } from '@lucide/vue'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { ChooseThemeDocument } from '../generated/operations.ts'
import { runMutation, useApollo } from '../lib/apollo/index.ts'
import { THEME_CHOICES, useTheme, type ThemeChoice } from '../lib/theme.ts'
import { useViewer } from '../lib/viewer/index.ts'
import { themeOf } from './profile.ts'

const ICONS = { light: Sun, dark: Moon, system: Monitor }

/** The three themes as menu items. A choice counts at once in this browser, and is kept with the account. */
export function useThemeItems() {
  const { t } = useI18n()
  const client = useApollo()
  const { viewer } = useViewer()
  const { choice, choose } = useTheme()

  function chooseForAccount(next: ThemeChoice): void {
    choose(next)
    const theme = themeOf(next)
    if (viewer.value) void runMutation(client, ChooseThemeDocument, { theme })
  }
  const items = computed(() =>
    THEME_CHOICES.map((id) => ({
      id: `theme-${id}`,
      label: t(`app.theme.${id}`),
      icon: ICONS[id],
      isChosen: choice.value === id,
      run: () => chooseForAccount(id),
    })),
  )
  return { items, choice }
}
