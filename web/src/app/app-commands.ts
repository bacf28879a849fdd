import { Activity, Keyboard, Terminal } from '@lucide/vue'
import { useI18n } from 'vue-i18n'
import { useCommands, type Command } from '../lib/commands.ts'
import { useThemeItems } from './theme-items.ts'

/** What the palette can do everywhere. */
export function useAppCommands({ openSheet }: { openSheet: () => void }): void {
  const { t } = useI18n()
  const { items } = useThemeItems()
  const places = (): Omit<Command, 'group'>[] => [
    { id: 'go-monitors', label: t('app.monitors'), icon: Activity, keys: 'g m', to: '/' },
    {
      id: 'go-playground',
      label: t('app.playground'),
      keywords: 'graphql graphiql api',
      icon: Terminal,
      keys: 'g a',
      run: () => location.assign('/graphql'),
    },
  ]
  const themes = (): Command[] =>
    items.value.map(({ id, label, icon, run }) => ({
      id: `theme-${id}`,
      label: t('app.commands.theme', { name: label }),
      group: t('app.commands.settings'),
      keywords: 'appearance mode',
      icon,
      run,
    }))
  const help = (): Command => ({
    id: 'shortcuts',
    label: t('app.shortcuts.title'),
    group: t('app.commands.help'),
    icon: Keyboard,
    keys: '?',
    run: openSheet,
  })
  useCommands({
    find: () => [
      ...places().map((place) => ({ ...place, group: t('app.commands.go') })),
      ...themes(),
      help(),
    ],
  })
}
