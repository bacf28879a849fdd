import { useI18n } from 'vue-i18n'
import { LEAST_LETTERS } from '../password/strength.ts'

/** What the forms of the entry can tell without asking the server. */
export function useChecks() {
  const { t } = useI18n()
  const needed = (value: string) => !value.trim() && t('accounts.entry.needed')
  return {
    needed,
    email: (value: string) =>
      needed(value) || (!/^\S+@\S+$/.test(value.trim()) && t('accounts.entry.noEmail')),
    newPassword: (value: string) =>
      (!value && t('accounts.entry.needed')) ||
      ([...value].length < LEAST_LETTERS && t('accounts.password.least', { n: LEAST_LETTERS })),
  }
}
