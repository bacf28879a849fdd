import { LogOut, Settings, UserRound } from '@lucide/vue'
import { computed } from 'vue'
import { useI18n } from 'vue-i18n'
import { useRouter } from 'vue-router'
import type { MenuItem } from '../../ui/index.ts'
import { useThemeItems } from '../theme-items.ts'
import { useSignOut } from './use-sign-out.ts'

/** What stands in the menu of who is signed in. */
export function useYourItems() {
  const { t } = useI18n()
  const router = useRouter()
  const { items: themes } = useThemeItems()
  const signOut = useSignOut()
  return computed((): MenuItem[] => [
    {
      id: 'profile',
      label: t('app.you.profile'),
      icon: UserRound,
      keys: 'g p',
      run: () => void router.push('/account/profile'),
    },
    {
      id: 'settings',
      label: t('app.you.settings'),
      icon: Settings,
      keys: 'g s',
      run: () => void router.push('/settings/members'),
    },
    ...themes.value.map((item, index) => ({ ...item, isApart: index === 0 })),
    {
      id: 'sign-out',
      label: t('app.you.signOut'),
      icon: LogOut,
      isApart: true,
      run: () => void signOut(),
    },
  ])
}
