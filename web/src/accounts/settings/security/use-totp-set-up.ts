import { reactive, ref } from 'vue'
import { BeginTotpDocument, ConfirmTotpDocument } from '../../../generated/operations.ts'
import { useMutation } from '../../../lib/apollo/index.ts'
import { useBusy } from '../../entry/busy.ts'
import { useChecks } from '../../entry/checks.ts'
import { useEntryForm } from '../../entry/use-entry-form.ts'

export type TotpStep = 'password' | 'scan' | 'codes'

/** Password, picture, code, recovery codes: nothing counts before the code was right. */
export function useTotpSetUp(hasPassword: () => boolean, changed: () => void) {
  const step = ref<TotpStep>('password')
  const secret = ref({ secret: '', uri: '' })
  const codes = ref<readonly string[]>([])
  const given = reactive({ password: '', code: '' })
  const form = useEntryForm(['password', 'code'] as const, given)
  const checks = useChecks()
  const begin = useMutation(BeginTotpDocument)
  const confirm = useMutation(ConfirmTotpDocument)

  const { isBusy: isBeginning, run: goOn } = useBusy(async () => {
    if (!form.check({ password: hasPassword() && checks.needed(given.password) })) return
    const input = hasPassword() ? { password: given.password } : {}
    const outcome = await begin.mutate({ input })
    const payload = outcome.data?.beginTotp
    if (!form.accept(outcome, payload?.userErrors) || !payload?.uri || !payload.secret) return
    secret.value = { secret: payload.secret, uri: payload.uri }
    step.value = 'scan'
  })
  const { isBusy: isConfirming, run: finish } = useBusy(async () => {
    if (!form.check({ code: checks.needed(given.code) })) return
    const outcome = await confirm.mutate({ input: { code: given.code.replaceAll(/\s/g, '') } })
    const payload = outcome.data?.confirmTotp
    if (!form.accept(outcome, payload?.userErrors) || !payload?.recoveryCodes) return
    codes.value = payload.recoveryCodes
    step.value = 'codes'
    changed()
  })
  function start(): void {
    Object.assign(given, { password: '', code: '' })
    secret.value = { secret: '', uri: '' }
    codes.value = []
    form.clear()
    step.value = 'password'
    if (!hasPassword()) void goOn()
  }
  return { ...form, step, secret, codes, given, isBeginning, isConfirming, goOn, finish, start }
}
