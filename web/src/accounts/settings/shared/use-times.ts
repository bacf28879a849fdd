import { useI18n } from 'vue-i18n'
import { formatDuration, formatMoment, useNow } from '../../../lib/time/index.ts'

const JUST_NOW_MS = 60_000
const A_DAY_MS = 86_400_000

/** Moments as the settings say them: near ones by their distance, others by their date. */
export function useTimes() {
  const { t } = useI18n()
  const now = useNow()
  function ago(moment: string | null | undefined): string {
    if (!moment) return t('accounts.settings.never')
    const span = now.value - Date.parse(moment)
    if (span < JUST_NOW_MS) return t('accounts.settings.justNow')
    if (span > A_DAY_MS) return formatMoment(moment, now.value)
    const coarse = span - (span % JUST_NOW_MS)
    return t('accounts.settings.ago', { span: formatDuration(coarse) })
  }
  return { ago, moment: (moment: string) => formatMoment(moment, now.value), now }
}
