import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'

const BASE64URL = /^[\w-]+$/
const LONGEST_ID = 1_400
const LONGEST_FIELD = 20_000
const TRANSPORTS = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const

type Json = Record<string, unknown>

/** The answer of `navigator.credentials.create`, with nothing in it but what is checked; null for anything else. */
export function readRegistration(given: unknown): RegistrationResponseJSON | null {
  const { id, response } = readCredential(given)
  const clientDataJSON = bytes(response.clientDataJSON)
  const attestationObject = bytes(response.attestationObject)
  if (!id || !clientDataJSON || !attestationObject) return null
  const named: unknown[] = Array.isArray(response.transports) ? response.transports : []
  const transports = TRANSPORTS.filter((transport) => named.includes(transport))
  return {
    ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
    response: { clientDataJSON, attestationObject, transports },
  }
}

/** The answer of `navigator.credentials.get`, with nothing in it but what is checked; null for anything else. */
export function readAssertion(given: unknown): AuthenticationResponseJSON | null {
  const { id, response } = readCredential(given)
  const clientDataJSON = bytes(response.clientDataJSON)
  const authenticatorData = bytes(response.authenticatorData)
  const signature = bytes(response.signature)
  const userHandle = bytes(response.userHandle)
  if (!id || !clientDataJSON || !authenticatorData || !signature || !userHandle) return null
  return {
    ...{ id, rawId: id, type: 'public-key', clientExtensionResults: {} },
    response: { clientDataJSON, authenticatorData, signature, userHandle },
  }
}

/** The challenge that a browser says it has answered; null when there is none. */
export function challengeIn(clientDataJSON: string): string | null {
  try {
    const data = objectOf(JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')))
    return typeof data.challenge === 'string' ? data.challenge : null
  } catch {
    return null
  }
}

function readCredential(given: unknown): { id: string | null; response: Json } {
  const { id, rawId, type, response } = objectOf(given)
  const isRight = type === 'public-key' && id === rawId
  return { id: isRight ? bytes(id, LONGEST_ID) : null, response: objectOf(response) }
}

function objectOf(given: unknown): Json {
  return typeof given === 'object' && given !== null ? (given as Json) : {}
}

function bytes(given: unknown, longest = LONGEST_FIELD): string | null {
  const isRight = typeof given === 'string' && given.length <= longest && BASE64URL.test(given)
  return isRight ? given : null
}
