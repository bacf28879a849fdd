import type { FieldProblem } from '../../../lib/app-error.ts'
import { secureContextFor } from '../../../net/index.ts'
import { FieldRefusal } from '../../settings/fields.ts'
import { checkHeaderName, checkHeaderValue } from './header-rules.ts'
import { parseSecretHeaders } from './http-request.ts'
import type { HttpSettings } from './http.settings.ts'

const NEEDED: Record<HttpSettings['authentication'], (keyof HttpSettings)[]> = {
  NONE: [],
  BASIC: ['username'],
  BEARER: ['bearerToken'],
  OAUTH2: ['oauthTokenUrl', 'oauthClientId', 'oauthClientSecret'],
}

/** What is wrong between the settings, each of which is right by itself. */
export function httpProblems(settings: HttpSettings): FieldProblem[] {
  return [
    ...authenticationProblems(settings),
    ...bodyProblems(settings),
    ...headerProblems(settings),
    ...tlsProblems(settings),
  ]
}

function problem(
  field: keyof HttpSettings,
  message: string,
  code: FieldProblem['code'] = 'INVALID',
): FieldProblem {
  return { path: [field], code, message }
}

function authenticationProblems(settings: HttpSettings): FieldProblem[] {
  const missing = NEEDED[settings.authentication]
    .filter((field) => settings[field] === null)
    .map((field) => problem(field, `${field} is needed for this authentication.`, 'REQUIRED'))
  const isBad = settings.bearerToken !== null && !/^[\x21-\x7e]+$/.test(settings.bearerToken)
  return isBad
    ? [...missing, problem('bearerToken', 'A bearer token has no spaces and only ASCII.')]
    : missing
}

function bodyProblems({ body, bodyType }: HttpSettings): FieldProblem[] {
  if (body === null) return []
  if (bodyType === 'NONE') return [problem('bodyType', 'Say what the body is.', 'REQUIRED')]
  return bodyType === 'JSON' && !isJson(body) ? [problem('body', 'The body is not JSON.')] : []
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function headerProblems({ secretHeaders }: HttpSettings): FieldProblem[] {
  try {
    for (const { name, value } of parseSecretHeaders(secretHeaders ?? '')) {
      checkHeaderName(name)
      checkHeaderValue(value)
    }
    return []
  } catch (error) {
    if (!(error instanceof FieldRefusal)) throw error
    // The refused name is not echoed: it may be a secret in the wrong place.
    return [problem('secretHeaders', 'Secret headers are written as Name: value, one a line.')]
  }
}

function tlsProblems({
  caCertificate,
  clientCertificate,
  clientKey,
}: HttpSettings): FieldProblem[] {
  const problems: FieldProblem[] = []
  if (caCertificate && !isUsable({ ca: caCertificate, cert: null, key: null }))
    problems.push(problem('caCertificate', 'This is no certificate in PEM.'))
  if (clientCertificate && !clientKey)
    problems.push(problem('clientKey', 'A client certificate needs its key.', 'REQUIRED'))
  if (clientCertificate && clientKey) {
    const isPair = isUsable({ ca: null, cert: clientCertificate, key: clientKey })
    const message = 'The client certificate and its key are no pair in PEM.'
    if (!isPair) problems.push(problem('clientCertificate', message))
  }
  return problems
}

function isUsable(material: {
  ca: string | null
  cert: string | null
  key: string | null
}): boolean {
  try {
    secureContextFor(material)
    return material.ca === null || material.ca.includes('-----BEGIN CERTIFICATE-----')
  } catch {
    return false
  }
}
