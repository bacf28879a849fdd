import { useI18n } from 'vue-i18n'
import { useEntry } from '../../lib/session/index.ts'
import { showToast } from '../../ui/index.ts'

/** Signs out and leaves; where that fails, says so and stays. */
export function useSignOut(): () => Promise<void> {
  const { t } = useI18n()
  const entry = useEntry()
  return async () => {
    const problem = await entry.signOut()
    if (!problem) return
    showToast({
      tone: 'bad',
      title: t('app.you.signOutFailed'),
      text: t(`app.entry.${problem.kind}`, { message: problem.message }),
    })
  }
}
