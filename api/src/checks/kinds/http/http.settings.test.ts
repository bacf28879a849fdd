import { describe, expect, it } from 'vitest'
import { selfSigned } from '../../../../test/checks/certificate-authority.ts'
import { httpSettings } from './http.settings.ts'

const url = 'https://example.com/'

function problemsOf(input: Record<string, unknown>): string[] {
  const parsed = httpSettings.parse({ url, ...input })
  return Array.isArray(parsed) ? parsed.map(({ path, code }) => `${path.join('.')} ${code}`) : []
}

describe('the settings of http', () => {
  it('need an address only; the rest has defaults', () => {
    expect(httpSettings.parse({ url })).toMatchObject({
      settings: {
        url,
        method: 'GET',
        expectedStatus: '200-299',
        followRedirects: true,
        maxRedirects: 10,
        verifyCertificate: true,
        ipFamily: 'AUTO',
        headers: [],
      },
      secrets: {},
    })
    expect(httpSettings.parse({})).toEqual([
      { path: ['url'], code: 'REQUIRED', message: 'URL is needed.' },
    ])
  })

  it.each([
    'file:///etc/passwd',
    'ftp://example.com',
    'gopher://example.com',
    'data:text/plain,x',
    'javascript:alert(1)',
    'ws://example.com',
    'unix:/var/run/docker.sock',
    'http+unix://%2Fvar%2Frun%2Fdocker.sock/info',
    'about:blank',
    'blob:https://example.com/1',
    'view-source:https://example.com',
    'chrome://version',
    'not a url',
    'example.com',
    '//example.com',
    'http://',
    'https://user:pass@example.com',
    'https://exa mple.com',
    'https://example.com/\r\nHost: evil',
    'https://example.com/\0',
  ])('refuse the address %j', (bad) => expect(problemsOf({ url: bad })).toEqual(['url INVALID']))

  it.each<[string, unknown, string]>([
    ['method', 'TRACE', 'method INVALID'],
    ['method', 'get', 'method INVALID'],
    ['expectedStatus', '99', 'expectedStatus INVALID'],
    ['expectedStatus', '200-', 'expectedStatus INVALID'],
    ['expectedStatus', '300-200', 'expectedStatus INVALID'],
    ['expectedStatus', 'ok', 'expectedStatus INVALID'],
    ['expectedStatus', '600', 'expectedStatus INVALID'],
    ['maxRedirects', 11, 'maxRedirects LIMIT'],
    ['maxRedirects', 1.5, 'maxRedirects LIMIT'],
    ['followRedirects', 'yes', 'followRedirects INVALID'],
    ['headers', [{ name: 'Content-Length', value: '5' }], 'headers INVALID'],
    ['headers', [{ name: 'a b', value: '5' }], 'headers INVALID'],
    ['headers', [{ name: 'X-A', value: 'a\r\nX-Evil: 1' }], 'headers INVALID'],
    ['headers', [{ name: 'X-A', value: '✓' }], 'headers INVALID'],
    ['headers', Array(101).fill({ name: 'a', value: 'b' }), 'headers LIMIT'],
    ['headers', 'a: b', 'headers INVALID'],
    ['secretHeaders', 'no colon', 'secretHeaders INVALID'],
    ['secretHeaders', 'Transfer-Encoding: chunked', 'secretHeaders INVALID'],
    ['proxyUrl', 'socks5://127.0.0.1', 'proxyUrl INVALID'],
    ['caCertificate', 'no certificate', 'caCertificate INVALID'],
    ['nonsense', 1, 'nonsense INVALID'],
    ['constructor', 1, 'constructor INVALID'],
  ])('refuse %s %j', (name, value, problem) =>
    expect(problemsOf({ [name]: value })).toEqual([problem]),
  )

  it.each<[string, Record<string, unknown>, string[]]>([
    ['basic needs a user', { authentication: 'BASIC' }, ['username REQUIRED']],
    ['bearer needs a token', { authentication: 'BEARER' }, ['bearerToken REQUIRED']],
    [
      'OAuth 2 needs its three',
      { authentication: 'OAUTH2' },
      ['oauthTokenUrl REQUIRED', 'oauthClientId REQUIRED', 'oauthClientSecret REQUIRED'],
    ],
    [
      'a bearer token that can’t be sent',
      { authentication: 'BEARER', bearerToken: 'a b\nc' },
      ['bearerToken INVALID'],
    ],
    ['a body without its type', { body: 'x' }, ['bodyType REQUIRED']],
    ['JSON that is none', { bodyType: 'JSON', body: '{' }, ['body INVALID']],
    ['a client certificate without key', { clientCertificate: 'x' }, ['clientKey REQUIRED']],
    [
      'a client certificate with another key',
      {
        clientCertificate: selfSigned({ names: ['a'] }).cert,
        clientKey: selfSigned({ names: ['a'] }).key,
      },
      ['clientCertificate INVALID'],
    ],
  ])('tell what does not fit together: %s', (_what, input, problems) =>
    expect(problemsOf(input)).toEqual(problems),
  )

  it('tell every problem at once', () => {
    expect(problemsOf({ url: 'x', method: 'y', maxRedirects: -1 })).toHaveLength(3)
  })

  it('keep secrets apart, and never repeat one in a problem', () => {
    const canary = 'canary'
    const parsed = httpSettings.parse({ url, authentication: 'BEARER', bearerToken: canary })
    expect(parsed).toMatchObject({ secrets: { bearerToken: canary } })
    expect(JSON.stringify((parsed as { settings: unknown }).settings)).not.toContain(canary)
    const refused = httpSettings.parse({ url, secretHeaders: canary, bearerToken: `${canary} x` })
    expect(JSON.stringify(refused)).not.toContain(canary)
  })

  it('take null as the default, and fill what stored settings do not know yet', () => {
    expect(httpSettings.parse({ url, method: null })).toMatchObject({ settings: { method: 'GET' } })
    expect(httpSettings.merge({ url }, { password: 'p' })).toMatchObject({
      url,
      password: 'p',
      bearerToken: null,
      maxRedirects: 10,
    })
  })

  it('have the types of what was declared', () => {
    const settings = httpSettings.merge({ url }, {})
    const typed: [string, 'GET' | string, boolean, number, string | null] = [
      settings.url,
      settings.method,
      settings.followRedirects,
      settings.maxRedirects,
      settings.username,
    ]
    expect(typed).toEqual([url, 'GET', true, 10, null])
  })
})
