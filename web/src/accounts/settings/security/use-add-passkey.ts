import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser'
import { useI18n } from 'vue-i18n'
import {
  AddPasskeyDocument,
  BeginPasskeyRegistrationDocument,
} from '../../../generated/operations.ts'
import { showToast } from '../../../ui/index.ts'
import { useBusy } from '../../entry/busy.ts'
import { useAct } from '../shared/use-act.ts'

/** Adds this device or a key. Who thinks better of it hears nothing. */
export function useAddPasskey(added: () => Promise<void>) {
  const { t } = useI18n()
  const act = useAct()
  const complain = (text: string) =>
    showToast({ tone: 'bad', title: t('accounts.settings.passkeys.addFailed'), text })

  const { isBusy, run: add } = useBusy(async () => {
    const begun = await act(BeginPasskeyRegistrationDocument, {})
    const options = begun.payload?.options
    if (!options) return void complain(begun.failure ?? '')
    const { startRegistration } = await import('@simplewebauthn/browser')
    const optionsJSON = options as PublicKeyCredentialCreationOptionsJSON
    const made = await startRegistration({ optionsJSON }).catch((error: unknown) => {
      if (isAlreadyThere(error)) complain(t('accounts.settings.passkeys.alreadyThere'))
      return null
    })
    if (!made) return
    const { failure } = await act(AddPasskeyDocument, { input: { response: made } })
    if (failure !== null) return void complain(failure)
    await added()
    showToast({ tone: 'good', title: t('accounts.settings.passkeys.added') })
  })
  return { isBusy, add }
}

function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && error.name === 'InvalidStateError'
}
