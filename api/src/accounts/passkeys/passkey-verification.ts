import type {
  AuthenticationResponseJSON,
  RegistrationResponseJSON,
  WebAuthnCredential,
} from '@simplewebauthn/server'
import type { RelyingParty } from './relying-party.ts'

/** The library takes half a second to load, and nobody needs it to start. */
export const webAuthn = async () => import('@simplewebauthn/server')

/** What an authenticator has proved to hold. */
export interface ProvedKey {
  credentialId: string
  publicKey: Uint8Array
  counter: number
  isSynced: boolean
}

/**
 * Checks a new passkey; null when anything about it is wrong. Certificates of makers are not asked for and not
 * taken: judging them would have this server fetch addresses that the client names.
 */
export async function verifyRegistration(
  response: RegistrationResponseJSON,
  expectedChallenge: string,
  party: RelyingParty,
): Promise<ProvedKey | null> {
  const { verifyRegistrationResponse } = await webAuthn()
  const { decodeAttestationObject } = await import('@simplewebauthn/server/helpers')
  try {
    const bytes = new Uint8Array(Buffer.from(response.response.attestationObject, 'base64url'))
    const attestation = decodeAttestationObject(bytes)
    const isPlain = attestation.get('fmt') === 'none' || attestation.get('fmt') === 'packed'
    if (!isPlain || attestation.get('attStmt').get('x5c') !== undefined) return null
    const { verified, registrationInfo } = await verifyRegistrationResponse({
      ...{ response, expectedChallenge, expectedRPID: party.id, expectedOrigin: party.origins },
      requireUserVerification: true,
    })
    if (!verified) return null
    const { id: credentialId, publicKey, counter } = registrationInfo.credential
    return { credentialId, publicKey, counter, isSynced: registrationInfo.credentialBackedUp }
  } catch {
    return null
  }
}

/** Checks that a known passkey has answered a challenge; null when anything about it is wrong. */
export async function verifyAssertion(
  response: AuthenticationResponseJSON,
  expectedChallenge: string,
  party: RelyingParty,
  credential: WebAuthnCredential,
): Promise<{ counter: number; isSynced: boolean } | null> {
  const { verifyAuthenticationResponse } = await webAuthn()
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      ...{ response, expectedChallenge, expectedRPID: party.id, expectedOrigin: party.origins },
      ...{ credential, requireUserVerification: true },
    })
    const { newCounter: counter, credentialBackedUp: isSynced } = authenticationInfo
    return verified ? { counter, isSynced } : null
  } catch {
    return null
  }
}
