import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from './config.ts'

const places = { workingFolder: '/srv', webFolder: '/srv/web/dist' }
const read = (environment: Record<string, string>, files: Record<string, string> = {}) =>
  readConfig(environment, places, (file) => {
    if (file in files) return files[file]!
    throw new Error('ENOENT')
  })

function mistakesOf(environment: Record<string, string>): readonly string[] {
  try {
    read(environment)
    return []
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes
    throw error
  }
}

describe('the configuration', () => {
  it('needs nothing', () => {
    expect(read({})).toMatchObject({
      host: 'localhost',
      port: 3000,
      dataFolder: '/srv/data',
      targets: 'any',
      logFormat: 'text',
      serveWeb: true,
      retentionDays: 30,
    })
  })

  it('is frozen', () => {
    expect(Object.isFrozen(read({}))).toBe(true)
  })

  it('reports every mistake at once', () => {
    const mistakes = mistakesOf({
      PORT: 'many',
      HOST: 'no host',
      DATABASE_URL: 'mysql://x',
      ALLSWELL_TARGETS: 'some',
      ALLSWELL_TARGETS_ALLOW: '10.0.0.0/8, nonsense',
      RETENTION_DAYS: '0',
    })
    expect(mistakes).toHaveLength(6)
    expect(mistakes.join('\n')).toContain(
      'PORT is many, but must be a whole number from 0 to 65535',
    )
    expect(mistakes.join('\n')).toContain('has nonsense, which is not a network')
  })

  it.each([
    'localhost',
    '127.0.0.1',
    '::1',
    'LOCALHOST',
    '0.0.0.0',
    '::',
    '192.168.1.5',
    'box.lan',
  ])('listens on %s', (HOST) => expect(mistakesOf({ HOST })).toEqual([]))

  it('reads secrets from files', () => {
    const config = read(
      { DATABASE_URL_FILE: '/run/url' },
      { '/run/url': 'postgres://me@db/allswell\n' },
    )
    expect(config.databaseUrl).toBe('postgres://me@db/allswell')
  })

  it('names a secret file that cannot be read', () => {
    expect(mistakesOf({ DATABASE_URL_FILE: '/nowhere' })).toEqual([
      "DATABASE_URL_FILE is /nowhere, but that file can't be read",
    ])
  })

  it('refuses a secret that is set twice, and a master key of the wrong length', () => {
    expect(mistakesOf({ ALLSWELL_MASTER_KEY: 'c2hvcnQ=' })[0]).toContain('32 bytes')
    expect(() =>
      read(
        { DATABASE_URL: 'postgres://a@b/c', DATABASE_URL_FILE: '/u' },
        { '/u': 'postgres://a@b/c' },
      ),
    ).toThrow('both set')
  })

  it('takes an empty setting for an absent one', () => {
    expect(read({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({
      port: 3000,
      databaseUrl: undefined,
    })
  })
})

describe('letters of a server that others reach', () => {
  const mail = { SMTP_URL: 'smtp://mail:25', MAIL_FROM: 'a@example.com' }

  it('lead to an address that is configured, never to one that a request has named', () => {
    expect(mistakesOf({ ...mail, HOST: '0.0.0.0' })[0]).toMatch(/^PUBLIC_URL is missing/)
    expect(mistakesOf({ ...mail, HOST: '0.0.0.0', PUBLIC_URL: 'https://a.example' })).toEqual([])
    expect(mistakesOf(mail)).toEqual([])
  })
})
