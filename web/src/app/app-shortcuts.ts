import { useRouter } from 'vue-router'
import { playgroundPage } from '../lib/playground-link.ts'
import { useShortcuts, type Shortcut } from '../lib/shortcuts.ts'

/** The keys that work everywhere. */
export function useAppShortcuts(frame: { togglePalette(): void; openSheet(): void }): void {
  const router = useRouter()
  const general = (keys: string, name: string, run: () => void): Shortcut => ({
    keys,
    label: `app.shortcuts.${name}`,
    group: 'app.shortcuts.general',
    run,
  })
  const goTo = (path: string) => () => void router.push(path)
  useShortcuts([
    general('mod+k', 'palette', () => frame.togglePalette()),
    general('?', 'show', () => frame.openSheet()),
    general('g m', 'goMonitors', goTo('/')),
    general('g t', 'goStatusPages', goTo('/status-pages')),
    general('g s', 'goSettings', goTo('/settings/members')),
    general('g p', 'goProfile', goTo('/account/profile')),
    general('g a', 'goPlayground', () => location.assign(playgroundPage())),
  ])
}
