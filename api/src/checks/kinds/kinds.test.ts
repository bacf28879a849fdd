import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { detectTarget, kindOf } from '../kind-of.ts'
import { checkKinds } from './index.ts'

const here = new URL('.', import.meta.url)
const folders = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

describe('adding a kind costs one folder and one line', () => {
  it('every folder is in the list', () => {
    expect(checkKinds.map(({ kind }) => kind).sort()).toEqual([...folders].sort())
  })

  it.each(folders)('%s has its settings, its check and its test in its folder', (folder) => {
    expect(readdirSync(new URL(`${folder}/`, here))).toEqual(
      expect.arrayContaining(
        ['settings.ts', 'check.ts', 'check.test.ts'].map((role) => `${folder}.${role}`),
      ),
    )
  })
})

describe.each(checkKinds.map((kind) => [kind.kind, kind] as const))(
  'the kind %s',
  (_name, kind) => {
    it('says what it is and what each of its settings means', () => {
      expect(kind.title && kind.description).toBeTruthy()
      for (const [name, field] of Object.entries(kind.settings.fields)) {
        expect(name).toMatch(/^[a-z][A-Za-z0-9]*$/)
        expect(field.label).toMatch(/^[A-Z]/)
        expect(field.description).toMatch(/\.$/)
      }
    })

    it('has defaults that it accepts itself', () => {
      for (const field of Object.values(kind.settings.fields))
        if (field.byDefault !== null) expect(field.read(field.byDefault)).toEqual(field.byDefault)
    })

    it('keeps every secret out of the settings that are shown', () => {
      const secrets = Object.entries(kind.settings.fields).filter(
        ([, { type }]) => type === 'SECRET',
      )
      const canaries = Object.fromEntries(secrets.map(([name]) => [name, 'X-Canary: canary']))
      const parsed = kind.settings.parse({
        url: 'http://a.test',
        host: 'a.test',
        port: 1,
        name: 'a.test',
        ...canaries,
      })
      expect(JSON.stringify('settings' in parsed ? parsed.settings : {})).not.toContain('canary')
    })

    it('refuses settings that are no settings, and never throws', () => {
      for (const value of [
        0,
        -1,
        1e9,
        '',
        'x',
        '\0',
        'a\r\nb',
        true,
        [],
        {},
        [[]],
        [{ name: 1 }],
        'file:///etc/passwd',
      ])
        for (const name of [...Object.keys(kind.settings.fields), 'unknown', '__proto__'])
          expect(() => kind.settings.parse({ [name]: value })).not.toThrow()
    })
  },
)

describe('a pasted text', () => {
  it.each([
    ['https://example.com/health', 'http', 'example.com', { url: 'https://example.com/health' }],
    ['HTTP://Example.com', 'http', 'example.com', { url: 'HTTP://Example.com' }],
    ['example.com', 'http', 'example.com', { url: 'https://example.com' }],
    [
      '  shop.example.com/a?b=1 ',
      'http',
      'shop.example.com',
      { url: 'https://shop.example.com/a?b=1' },
    ],
    ['münchen.example', 'http', 'xn--mnchen-3ya.example', { url: 'https://münchen.example' }],
    ['localhost', 'http', 'localhost', { url: 'http://localhost' }],
    ['192.168.1.1', 'http', '192.168.1.1', { url: 'http://192.168.1.1' }],
    ['[::1]/x', 'http', '[::1]', { url: 'http://[::1]/x' }],
    ['http://localhost:3001', 'http', 'localhost:3001', { url: 'http://localhost:3001' }],
    ['nas:8080/status', 'http', 'nas:8080', { url: 'http://nas:8080/status' }],
    ['db.example.com:5432', 'tcp', 'db.example.com:5432', { host: 'db.example.com', port: 5432 }],
    ['tcp://10.0.0.1:22', 'tcp', '10.0.0.1:22', { host: '10.0.0.1', port: 22 }],
    ['localhost:6379', 'tcp', 'localhost:6379', { host: 'localhost', port: 6379 }],
    ['[::1]:6379', 'tcp', '[::1]:6379', { host: '::1', port: 6379 }],
    ['dns://example.com', 'dns', 'example.com A', { name: 'example.com', recordType: 'A' }],
    ['dns:example.com?type=mx', 'dns', 'example.com MX', { name: 'example.com', recordType: 'MX' }],
    [
      'dns://9.9.9.9:5353/example.com',
      'dns',
      'example.com A',
      { name: 'example.com', recordType: 'A', resolver: '9.9.9.9', resolverPort: 5353 },
    ],
  ])('%j is %s', (text, kind, name, settings) => {
    const detected = detectTarget(text)
    expect(detected).toMatchObject({ kind: { kind }, name })
    expect(detected!.settings).toEqual(settings)
    expect(kindOf(kind)!.settings.parse(detected!.settings)).toHaveProperty('settings')
  })

  it.each([
    '',
    'hello world',
    'nas',
    'ftp://example.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'host:0',
    'host:70000',
    'https://user:pass@example.com',
    'https://',
    `https://example.com/${'x'.repeat(3000)}`,
  ])('%j is nothing', (text) => expect(detectTarget(text)).toBeNull())
})
