import { Terminal } from '@lucide/vue'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { playgroundPage } from '../../lib/playground-link.ts'
import { useViewer } from '../../lib/viewer/index.ts'
import type { MenuItem } from '../../ui/index.ts'
import { useYourItems } from './your-items.ts'

/** The same menu on a phone: it says whose it is, and leads where the side bar does. */
export function usePhoneItems() {
  const { t } = useI18n()
  const { viewer } = useViewer()
  const yours = useYourItems()
  return computed((): MenuItem[] => {
    const [profile, ...rest] = yours.value
    const you = { hint: [viewer.value?.name, viewer.value?.email].filter(Boolean).join(' · ') }
    const playground = {
      id: 'playground',
      label: t('app.playground'),
      icon: Terminal,
      href: playgroundPage(),
    }
    return [...(profile ? [{ ...profile, ...you }] : []), playground, ...rest]
  })
}
