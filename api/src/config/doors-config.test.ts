import { describe, expect, it } from 'vitest'
import { type DoorsConfig, readDoorsConfig } from './doors-config.ts'
import { EnvironmentReader } from './environment-reader.ts'

function read(environment: Record<string, string>): DoorsConfig & { mistakes: string[] } {
  const reader = new EnvironmentReader(environment, () => 'a token of the set-up\n')
  return { ...readDoorsConfig(reader), mistakes: reader.mistakes }
}

describe('the configuration of the doors', () => {
  it('is local, and trusts nobody, unless it says otherwise', () => {
    expect(read({})).toEqual({
      ...{ host: 'localhost', isLocalOnly: true, publicUrl: undefined, setUpToken: undefined },
      ...{ webOrigins: [], allowedHosts: [], trustedProxies: [], mistakes: [] },
    })
  })

  it.each([
    [{ HOST: '127.0.0.1' }, true],
    [{ HOST: '::1', PUBLIC_URL: 'http://localhost:3000' }, true],
    [{ HOST: '0.0.0.0' }, false],
    [{ HOST: '::' }, false],
    [{ HOST: 'localhost', PUBLIC_URL: 'https://status.example.com' }, false],
  ])('%j: only this machine reaches it: %s', (environment, expected) =>
    expect(read(environment)).toMatchObject({ isLocalOnly: expected, mistakes: [] }),
  )

  it.each(['256.0.0.1', '1', 'a b', 'http://localhost', '-x', '', '0.0.0.0:80', 'a..b'])(
    'listens not on %j',
    (HOST) => expect(read({ HOST: HOST || '""' }).mistakes[0]).toMatch(/^HOST is/),
  )

  it('takes the public address without its last slash', () => {
    const { publicUrl } = read({ PUBLIC_URL: 'https://Status.Example.com:443/' })
    expect(publicUrl).toBe('https://status.example.com')
  })

  it.each([
    'status.example.com',
    'ftp://x',
    'https://x/a/../b',
    'https://x/a//b',
    'https://x//',
    'https://x/ä',
    'https://x/a%2fb',
    'https://x/a b',
    'https://x/a;b',
    'https://x/"><script>',
    `https://x/${'a'.repeat(4000)}`,
    'https://x/\u0000',
    'https://x?a',
    'https://u@x',
    'https://x#',
  ])('refuses the public address %s', (PUBLIC_URL) =>
    expect(read({ PUBLIC_URL }).mistakes[0]).toMatch(/^PUBLIC_URL is/),
  )

  it.each([
    ['https://example.com/uptime', 'https://example.com/uptime'],
    ['https://Example.com/up/Time/', 'https://example.com/up/Time'],
    ['http://10.0.0.7:8080/a.b~c_d-e', 'http://10.0.0.7:8080/a.b~c_d-e'],
  ])('takes the public address %s with its path', (PUBLIC_URL, publicUrl) =>
    expect(read({ PUBLIC_URL })).toMatchObject({ publicUrl, mistakes: [] }),
  )

  it.each(['/status', '/api/', '/W/x', '/graphql', '/robots.txt'])(
    'refuses the path %s, which is its own',
    (path) =>
      expect(read({ PUBLIC_URL: `https://example.com${path}` }).mistakes[0]).toContain(
        'a path of Allswell itself',
      ),
  )

  it('takes a list of exact origins', () => {
    const { webOrigins } = read({ WEB_ORIGIN: 'https://app.example.com, http://10.0.0.7:8080' })
    expect(webOrigins).toEqual(['https://app.example.com', 'http://10.0.0.7:8080'])
  })

  it.each([
    ...['*', 'null', 'https://*.example.com', 'https://app.example.com/', 'https://a.b/x'],
    ...[
      'app.example.com',
      'https://App.example.com',
      'https://a.b:443',
      'file://x',
      'https://u@a.b',
    ],
  ])('refuses the origin %s', (WEB_ORIGIN) =>
    expect(read({ WEB_ORIGIN }).mistakes[0]).toMatch(/^WEB_ORIGIN has/),
  )

  it('knows networks of proxies by name', () => {
    const { trustedProxies, mistakes } = read({ TRUSTED_PROXIES: 'loopback, 10.1.2.3,fd00::/8' })
    expect(trustedProxies).toEqual(['127.0.0.0/8', '::1/128', '10.1.2.3', 'fd00::/8'])
    expect(mistakes).toEqual([])
    expect(read({ TRUSTED_PROXIES: 'everybody' }).mistakes[0]).toMatch(/^TRUSTED_PROXIES has/)
    expect(read({ TRUSTED_PROXIES: '10.0.0' }).mistakes[0]).toMatch(/^TRUSTED_PROXIES has/)
  })

  it('takes further hosts with or without a port', () => {
    const { allowedHosts } = read({ ALLOWED_HOSTS: 'Status.lan,192.168.1.5:3000,[fd00::1]:80' })
    expect(allowedHosts).toEqual(['status.lan', '192.168.1.5:3000', '[fd00::1]:80'])
    expect(read({ ALLOWED_HOSTS: 'https://x' }).mistakes[0]).toMatch(/^ALLOWED_HOSTS has/)
  })

  it('reads the token of the set-up from a file, and refuses one that can be guessed', () => {
    expect(read({ SETUP_TOKEN_FILE: '/run/token' }).setUpToken).toBe('a token of the set-up')
    expect(read({ SETUP_TOKEN: 'short' }).mistakes[0]).toMatch(/^SETUP_TOKEN must have/)
  })
})
