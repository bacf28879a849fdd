import { onMounted, onScopeDispose, ref, type Ref } from 'vue'
import {
  BeginPasskeySignInDocument,
  SignInWithPasskeyDocument,
} from '../../generated/operations.ts'
import { api } from '../../lib/api.ts'
import { problemOf, runMutation, useApollo } from '../../lib/apollo/index.ts'
import { judge, type SignInResult } from './sign-in-door.ts'

/** The server's challenge holds for 5 minutes. */
const RENEW_AFTER_MS = 4 * 60_000

export interface PasskeySignIn {
  isPossible: boolean
  isBusy: Ref<boolean>
  /** Null when the person thought better of it. */
  signIn(): Promise<SignInResult | null>
}

/** Signs in by passkey: by a button, and offered by the browser itself in the e-mail field where it can. */
export function usePasskey(done: (result: SignInResult) => void): PasskeySignIn {
  const client = useApollo()
  const isBusy = ref(false)
  const isPossible = !api.usesTokens && 'PublicKeyCredential' in window
  let renewal: ReturnType<typeof setTimeout> | undefined
  let isGone = false

  async function ceremony(useBrowserAutofill: boolean): Promise<SignInResult | null> {
    const begun = await runMutation(client, BeginPasskeySignInDocument, {})
    if (begun.error) return { kind: 'problem', problem: problemOf(begun.error) }
    const payload = begun.data?.beginPasskeySignIn
    if (!payload?.options) return { kind: 'errors', errors: payload?.userErrors ?? [] }
    const { startAuthentication } = await import('@simplewebauthn/browser')
    if (isGone) return null
    const optionsJSON = payload.options as Parameters<typeof startAuthentication>[0]['optionsJSON']
    const response = await startAuthentication({ optionsJSON, useBrowserAutofill }).catch(
      () => null,
    )
    // Refused by the person, or given way to a later attempt: both are told alike.
    if (!response) return null
    const { data, error } = await runMutation(client, SignInWithPasskeyDocument, { response })
    if (error) return { kind: 'problem', problem: problemOf(error) }
    return judge(data?.signInWithPasskey, {})
  }

  async function offer(): Promise<void> {
    clearTimeout(renewal)
    if (isGone) return
    renewal = setTimeout(() => void offer(), RENEW_AFTER_MS)
    const result = await ceremony(true).catch(() => null)
    // What was not asked for must not complain.
    if (result && result.kind !== 'problem') done(result)
  }
  async function offerWherePossible(): Promise<void> {
    const { browserSupportsWebAuthnAutofill } = await import('@simplewebauthn/browser')
    if (await browserSupportsWebAuthnAutofill()) await offer()
  }
  async function stop(): Promise<void> {
    isGone = true
    clearTimeout(renewal)
    const { WebAuthnAbortService } = await import('@simplewebauthn/browser')
    WebAuthnAbortService.cancelCeremony()
  }

  if (isPossible) {
    onMounted(() => void offerWherePossible())
    onScopeDispose(() => void stop())
  }
  return {
    isPossible,
    isBusy,
    async signIn() {
      isBusy.value = true
      clearTimeout(renewal)
      const result = await ceremony(false).finally(() => (isBusy.value = false))
      if (result === null) void offerWherePossible()
      return result
    },
  }
}
