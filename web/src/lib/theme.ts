import { computed, ref, type ComputedRef, type Ref } from 'vue'

export const THEME_CHOICES = ['light', 'dark', 'system'] as const
export type ThemeChoice = (typeof THEME_CHOICES)[number]

/** `public/theme.js` reads the same key before the first paint. */
const STORAGE_KEY = 'allswell.theme'

const choice = ref<ThemeChoice>(readChoice())
const darkMedia = matchMedia('(prefers-color-scheme: dark)')
const isSystemDark = ref(darkMedia.matches)
darkMedia.addEventListener('change', (event) => (isSystemDark.value = event.matches))
const shown = computed(() =>
  choice.value === 'system' ? (isSystemDark.value ? 'dark' : 'light') : choice.value,
)

/** The viewer's choice (kept in this browser) and the theme that is shown because of it. */
export function useTheme(): {
  choice: Readonly<Ref<ThemeChoice>>
  shown: ComputedRef<'light' | 'dark'>
  choose(next: ThemeChoice): void
} {
  return { choice, shown, choose }
}

function choose(next: ThemeChoice): void {
  if (next === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = next
  choice.value = next
  try {
    localStorage.setItem(STORAGE_KEY, next)
  } catch {
    // Without storage the choice lasts as long as the page.
  }
}

function readChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(STORAGE_KEY)
    return THEME_CHOICES.find((known) => known === stored) ?? 'system'
  } catch {
    return 'system'
  }
}
