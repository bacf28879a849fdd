import { Monitor, Moon, Sun } from '@lucide/vue'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { THEME_CHOICES, useTheme } from '../lib/theme.ts'

const ICONS = { light: Sun, dark: Moon, system: Monitor }

/** The three themes as menu items, the chosen one and its icon. */
export function useThemeItems() {
  const { t } = useI18n()
  const { choice, choose } = useTheme()
  const items = computed(() =>
    THEME_CHOICES.map((id) => ({
      id,
      label: t(`app.theme.${id}`),
      icon: ICONS[id],
      run: () => choose(id),
    })),
  )
  return { items, choice, icon: computed(() => ICONS[choice.value]) }
}
