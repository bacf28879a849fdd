import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { SETTING_MEANINGS } from '../src/config/setting-meanings.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (file: string): string => readFileSync(path.join(root, file), 'utf8')
const exists = (file: string): boolean => existsSync(path.join(root, file))

/** Instructions of a Dockerfile, each on one line. */
const instructions = read('Dockerfile')
  .replaceAll(/\\\n\s*/g, '')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
const settings = Object.values(SETTING_MEANINGS).flatMap((group) => Object.keys(group))
const isSetting = (name: string): boolean =>
  settings.includes(name.replace(/_FILE$/, '')) || name === 'NODE_ENV'

/** What `npm start` tells node: every way to run it tells the same. */
const [startFlag] = /--max\S+/.exec(
  (JSON.parse(read('package.json')) as { scripts: { start: string } }).scripts.start,
) ?? ['']

describe('the image', () => {
  const copies = instructions.filter((line) => line.startsWith('COPY '))

  it('is built of files that exist, and that its context lets through', () => {
    const ignored = read('.dockerignore').split('\n')
    const sources = copies
      .filter((line) => !line.includes('--from='))
      .flatMap((line) => line.split(' ').slice(1, -1))
    expect(sources).toContain('api')
    for (const source of sources) {
      expect(exists(source), source).toBe(true)
      expect(ignored, source).not.toContain(source)
    }
  })

  it('takes every workspace’s list of packages, or npm ci would refuse the lockfile', () => {
    const { workspaces } = JSON.parse(read('package.json')) as { workspaces: string[] }
    for (const workspace of workspaces) {
      const line = `COPY ${workspace}/package.json ${workspace}/`
      expect(copies.filter((one) => one === line)).toHaveLength(2)
    }
  })

  it('takes from its stages what the build leaves there', () => {
    const wanted = copies
      .filter((line) => line.includes('--from='))
      .map((line) => line.split(' ')[2])
    expect(wanted).toEqual([
      ...['/app/node_modules', '/app/api/node_modules'],
      ...['/app/api/package.json', '/app/api/dist', '/app/web/dist'],
    ])
  })

  it('runs as an ordinary account, as npm start would, and can be told how it is', () => {
    const last = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')))
    expect(last).toContain('USER node')
    expect(last.indexOf('USER node')).toBeLessThan(last.findIndex((l) => l.startsWith('CMD')))
    expect(last.at(-1)).toBe(`CMD ["node", "${startFlag}", "api/dist/server.js"]`)
    const health = last.find((line) => line.startsWith('HEALTHCHECK'))!
    const [, , script] = JSON.parse(health.slice(health.indexOf('['))) as string[]
    expect(script).toContain('/readyz')
    execFileSync(process.execPath, ['--check', '-'], { input: script })
    const env = last.find((line) => line.startsWith('ENV '))!
    for (const pair of env.split(' ').slice(1))
      expect(isSetting(pair.split('=')[0]!), pair).toBe(true)
  })
})

describe('the unit of systemd', () => {
  const unit = read('deploy/allswell.service')
  const valueOf = (name: string): string | undefined =>
    new RegExp(`^${name}=(.*)$`, 'm').exec(unit)?.[1]

  it('starts what npm start starts, as an ordinary account that writes to its own folder alone', () => {
    expect(valueOf('ExecStart')).toBe(`/usr/bin/node ${startFlag} api/dist/server.js`)
    expect(valueOf('User')).toBe('allswell')
    expect(valueOf('ProtectSystem')).toBe('strict')
    expect(unit).toContain(`Environment=ALLSWELL_DATA=/var/lib/${valueOf('StateDirectory')}`)
    for (const [, name = ''] of unit.matchAll(/^Environment=(\w+)=/gm))
      expect(isSetting(name), name).toBe(true)
  })
})

describe('compose.yaml', () => {
  const compose = read('compose.yaml')

  it('sets what can be set, and nothing else', () => {
    const [, block = ''] = /allswell:\n[\s\S]*?environment:\n((?: {6}\S.*\n)+)/.exec(compose) ?? []
    const names = [...block.matchAll(/^ {6}(\w+):/gm)].map(([, name]) => name!)
    expect(names).toContain('DATABASE_URL_FILE')
    for (const name of names) expect(isSetting(name), name).toBe(true)
  })

  it('gives no way to write but the data and /tmp', () => {
    expect(compose).toContain('read_only: true')
    expect(compose).toMatch(/tmpfs:\n\s+- \/tmp/)
    expect(compose).toMatch(/- data:\/data/)
  })
})

describe('what the documents of deployment name', () => {
  it('is there', () => {
    const text = read('docs/deployment.md')
    const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, link]) => link!)
    expect(links).toContain('../compose.yaml')
    for (const link of links) expect(exists(path.join('docs', link)), link).toBe(true)
  })

  it.each(['deploy/nginx.conf', 'deploy/Caddyfile'])(
    '%s sets what can be set, and lets the client apart reach its server',
    (file) => {
      const text = read(file)
      const names = [...text.matchAll(/^# ([A-Z_]+)=\S+ ([A-Z_]+)=/gm)].flatMap(([, a, b]) => [
        a!,
        b!,
      ])
      expect(names).toEqual(['PUBLIC_URL', 'TRUSTED_PROXIES', 'PUBLIC_URL', 'TRUSTED_PROXIES'])
      expect(text).toContain('https://api.example.com wss://api.example.com')
    },
  )
})
