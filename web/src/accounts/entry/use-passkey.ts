import { onMounted, onScopeDispose, ref, type Ref } from 'vue'
import { api } from '../../lib/api.ts'
import { useApollo } from '../../lib/apollo/index.ts'
import { passkeyCeremony } from './passkey-ceremony.ts'
import type { SignInResult } from './sign-in-door.ts'

/** The server's challenge holds for 5 minutes. */
const RENEW_AFTER_MS = 4 * 60_000

export interface PasskeySignIn {
  isPossible: boolean
  isBusy: Ref<boolean>
  signIn(): Promise<void>
}

/** Signs in by passkey: by a button, and offered by the browser itself in the e-mail field where it can. */
export function usePasskey(done: (result: SignInResult) => void): PasskeySignIn {
  const client = useApollo()
  const isBusy = ref(false)
  const isPossible = !api.usesTokens && 'PublicKeyCredential' in window
  let renewal: ReturnType<typeof setTimeout> | undefined
  let isGone = false
  const isWanted = () => !isGone

  async function offer(): Promise<void> {
    clearTimeout(renewal)
    if (isGone || !(await canOffer())) return
    renewal = setTimeout(() => void offer(), RENEW_AFTER_MS)
    const result = await passkeyCeremony(client, { isOffer: true, isWanted })
    // What was not asked for must not complain.
    if (result && result.kind !== 'problem') done(result)
  }
  async function signIn(): Promise<void> {
    isBusy.value = true
    clearTimeout(renewal)
    const result = await passkeyCeremony(client, { isOffer: false, isWanted })
    isBusy.value = false
    if (result) done(result)
    else void offer()
  }
  if (isPossible) {
    onMounted(() => void offer())
    onScopeDispose(() => {
      isGone = true
      clearTimeout(renewal)
      void stopOffer()
    })
  }
  return { isPossible, isBusy, signIn }
}

async function canOffer(): Promise<boolean> {
  const { browserSupportsWebAuthnAutofill } = await import('@simplewebauthn/browser')
  return browserSupportsWebAuthnAutofill()
}

async function stopOffer(): Promise<void> {
  const { WebAuthnAbortService } = await import('@simplewebauthn/browser')
  WebAuthnAbortService.cancelCeremony()
}
