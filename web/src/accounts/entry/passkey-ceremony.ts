import type { ApolloClient } from '@apollo/client'
import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import {
  BeginPasskeySignInDocument,
  SignInWithPasskeyDocument,
} from '../../generated/operations.ts'
import { problemOf, runMutation } from '../../lib/apollo/index.ts'
import { judge, type SignInResult } from './sign-in-door.ts'

/**
 * Challenge, answer of the authenticator, sign-in. Null when the person thought better of it, or when a later
 * ceremony took its place: browsers tell both alike.
 */
export async function passkeyCeremony(
  client: ApolloClient,
  { isOffer, isWanted }: { isOffer: boolean; isWanted: () => boolean },
): Promise<SignInResult | null> {
  const begun = await runMutation(client, BeginPasskeySignInDocument, {})
  if (begun.error) return { kind: 'problem', problem: problemOf(begun.error) }
  const payload = begun.data?.beginPasskeySignIn
  if (!payload?.options) return { kind: 'errors', errors: payload?.userErrors ?? [] }
  if (!isWanted()) return null
  const { startAuthentication } = await import('@simplewebauthn/browser')
  const response = await startAuthentication({
    optionsJSON: payload.options as PublicKeyCredentialRequestOptionsJSON,
    useBrowserAutofill: isOffer,
  }).catch(() => null)
  return response ? finish(client, response) : null
}

async function finish(client: ApolloClient, response: object): Promise<SignInResult> {
  const { data, error } = await runMutation(client, SignInWithPasskeyDocument, { response })
  return error ? { kind: 'problem', problem: problemOf(error) } : judge(data?.signInWithPasskey, {})
}
