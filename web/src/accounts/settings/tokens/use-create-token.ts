import { reactive, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { CreateApiTokenDocument } from '../../../generated/operations.ts'
import { useMutation } from '../../../lib/apollo/index.ts'
import { useBusy } from '../../entry/busy.ts'
import { useChecks } from '../../entry/checks.ts'
import { useEntryForm } from '../../entry/use-entry-form.ts'
import { emptyTokenDraft, expiresAtOf, tokenInput } from './token-draft.ts'

/** Makes a token and shows its secret, once. */
export function useCreateToken(created: () => void) {
  const { t } = useI18n()
  const checks = useChecks()
  const { mutate } = useMutation(CreateApiTokenDocument)
  const given = reactive(emptyTokenDraft())
  const form = useEntryForm(['name', 'role', 'scopes', 'expiresAt'] as const)
  const secret = ref<string | null>(null)

  const { isBusy, run: submit } = useBusy(async () => {
    const now = Date.now()
    const isSound = form.check({
      name: checks.needed(given.name),
      scopes:
        given.limit === 'scopes' &&
        given.scopes.length === 0 &&
        t('accounts.settings.tokens.scopesNeeded'),
      expiresAt: expiresAtOf(given, now) === undefined && t('accounts.settings.tokens.dayWrong'),
    })
    if (!isSound) return
    const outcome = await mutate({ input: tokenInput(given, now) })
    const payload = outcome.data?.createApiToken
    if (!form.accept(outcome, payload?.userErrors) || !payload?.token) return
    secret.value = payload.token
    created()
  })
  function start(): void {
    Object.assign(given, emptyTokenDraft())
    secret.value = null
    form.clear()
  }
  return { ...form, given, secret, isBusy, submit, start }
}
