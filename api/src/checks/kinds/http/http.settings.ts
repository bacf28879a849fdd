import { defineSettings, type SettingsOf } from '../../settings/define-settings.ts'
import {
  boolean,
  choice,
  integer,
  keyValues,
  secret,
  string,
  stringOr,
  text,
  url,
} from '../../settings/fields.ts'
import { parseExpectedStatus } from './expected-status.ts'
import { checkHeaderName, checkHeaderValue } from './header-rules.ts'
import { httpProblems } from './http-problems.ts'

const same = <const V extends string>(...values: V[]) =>
  values.map((value) => ({ value, label: value }))

const fields = {
  url: url({
    label: 'URL',
    description: 'The address to request, http or https.',
    placeholder: 'https://example.com/health',
    schemes: ['http', 'https'],
    isRequired: true,
  }),
  method: choice(same('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'), {
    label: 'Method',
    description: 'The HTTP method.',
    byDefault: 'GET',
  }),
  expectedStatus: stringOr('200-299', {
    label: 'Expected status',
    description: 'Status codes that count as good, for example 200-299, 401.',
    placeholder: '200-299',
    check: (list) => void parseExpectedStatus(list),
  }),
  headers: keyValues({
    label: 'Headers',
    description:
      'Headers to send. Secrets belong into the secret headers: these values are shown to everybody.',
    isAdvanced: true,
    checkName: checkHeaderName,
    checkValue: checkHeaderValue,
  }),
  secretHeaders: secret({
    label: 'Secret headers',
    description: 'Headers whose values nobody sees again, as Name: value, one a line.',
    isAdvanced: true,
  }),
  bodyType: choice(
    [
      { value: 'NONE', label: 'None' },
      { value: 'JSON', label: 'JSON' },
      { value: 'FORM', label: 'Form' },
      { value: 'TEXT', label: 'Text' },
      { value: 'XML', label: 'XML' },
    ],
    {
      label: 'Body type',
      description: 'What the body is; sets Content-Type.',
      byDefault: 'NONE',
      isAdvanced: true,
    },
  ),
  body: text({ label: 'Body', description: 'The body to send, as it is.', isAdvanced: true }),
  authentication: choice(
    [
      { value: 'NONE', label: 'None' },
      { value: 'BASIC', label: 'User and password' },
      { value: 'BEARER', label: 'Bearer token' },
      { value: 'OAUTH2', label: 'OAuth 2 client credentials' },
    ],
    {
      label: 'Authentication',
      description: 'How the request proves who it is.',
      byDefault: 'NONE',
      isAdvanced: true,
    },
  ),
  username: string({
    label: 'User',
    description: 'The user of basic authentication.',
    isAdvanced: true,
  }),
  password: secret({
    label: 'Password',
    description: 'The password of basic authentication.',
    isAdvanced: true,
  }),
  bearerToken: secret({
    label: 'Bearer token',
    description: 'Sent as Authorization: Bearer.',
    isAdvanced: true,
  }),
  oauthTokenUrl: url({
    label: 'Token URL',
    description: 'Where OAuth 2 client credentials are exchanged for a token.',
    schemes: ['http', 'https'],
    isAdvanced: true,
  }),
  oauthClientId: string({
    label: 'Client id',
    description: 'The id of the OAuth 2 client.',
    isAdvanced: true,
  }),
  oauthClientSecret: secret({
    label: 'Client secret',
    description: 'The secret of the OAuth 2 client.',
    isAdvanced: true,
  }),
  oauthScope: string({
    label: 'Scope',
    description: 'The OAuth 2 scopes to ask for, separated by spaces.',
    isAdvanced: true,
  }),
  followRedirects: boolean({
    label: 'Follow redirects',
    description: 'Whether redirects are followed.',
    byDefault: true,
    isAdvanced: true,
  }),
  maxRedirects: integer({
    label: 'Most redirects',
    description: 'How many redirects are followed at most.',
    min: 0,
    max: 10,
    byDefault: 10,
    isAdvanced: true,
  }),
  verifyCertificate: boolean({
    label: 'Verify certificate',
    description: 'Whether an untrusted, expired or foreign certificate means down.',
    byDefault: true,
    isAdvanced: true,
  }),
  certificateDaysLeft: integer({
    label: 'Certificate days',
    description: 'Degraded when the certificate runs out in fewer days. 0: never.',
    min: 0,
    max: 365,
    byDefault: 14,
    isAdvanced: true,
  }),
  caCertificate: text({
    label: 'CA certificate',
    description: 'PEM of an authority to trust besides the public ones.',
    isAdvanced: true,
  }),
  clientCertificate: text({
    label: 'Client certificate',
    description: 'PEM of the certificate for mutual TLS.',
    isAdvanced: true,
  }),
  clientKey: secret({
    label: 'Client key',
    description: 'PEM of the private key of the client certificate.',
    isAdvanced: true,
  }),
  ipFamily: choice(
    [
      { value: 'AUTO', label: 'Automatic' },
      { value: 'V4', label: 'IPv4 only' },
      { value: 'V6', label: 'IPv6 only' },
      { value: 'BOTH', label: 'Both must work' },
    ],
    {
      label: 'IP family',
      description: 'Which addresses of the host are used.',
      byDefault: 'AUTO',
      isAdvanced: true,
    },
  ),
  proxyUrl: url({
    label: 'Proxy',
    description: 'An HTTP proxy to go through; https targets are reached by CONNECT.',
    placeholder: 'http://proxy.example.com:3128',
    schemes: ['http', 'https'],
    isAdvanced: true,
  }),
  proxyUsername: string({
    label: 'Proxy user',
    description: 'The user at the proxy.',
    isAdvanced: true,
  }),
  proxyPassword: secret({
    label: 'Proxy password',
    description: 'The password at the proxy.',
    isAdvanced: true,
  }),
}

export type HttpSettings = SettingsOf<typeof fields>

export const httpSettings = defineSettings(fields, (settings) => httpProblems(settings))
