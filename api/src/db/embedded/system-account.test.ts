import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { accountFor, mayPass, parsePasswd } from './system-account.ts'

const root = (passwd: string) => ({ uid: 0, passwd: () => passwd, self: () => undefined })
const line = (name: string, uid: number): string => `${name}:x:${uid}:${uid + 1}::/:/bin/sh`

describe('the account that runs PostgreSQL', () => {
  it('is ourselves for an ordinary user', () => {
    const user = { uid: 1000, passwd: () => line('postgres', 101), self: () => undefined }
    expect(accountFor('/nowhere', user)).toBeUndefined()
  })

  it.each([
    [['nobody', 'postgres', 'allswell', 'node'], 'allswell'],
    [['nobody', 'postgres', 'node'], 'postgres'],
    [['nobody', 'node'], 'node'],
    [['daemon', 'nobody'], 'nobody'],
  ])('of %j is %s for root', (names, expected) => {
    const passwd = names.map((name, i) => line(name, 100 + i)).join('\n')
    expect(accountFor('/nowhere', root(passwd))?.name).toBe(expected)
  })

  it('is never root under another name', () => {
    const passwd = [line('allswell', 0), line('nobody', 65534)].join('\n')
    expect(accountFor('/nowhere', root(passwd))?.name).toBe('nobody')
  })

  it('must exist: the error names the ways out', () => {
    expect(() => accountFor('/nowhere', root(line('daemon', 1)))).toThrow(
      /useradd -r allswell.*DATABASE_URL/,
    )
  })

  it('must be in the list of users, as an ordinary user', () => {
    const stranger = {
      uid: 54_321,
      passwd: () => '',
      self: () => {
        throw new Error('ENOENT')
      },
    }
    expect(() => accountFor('/nowhere', stranger)).toThrow(/54321.*DATABASE_URL/)
  })

  it('is not found where there is no list of users', () => {
    const machine = {
      ...root(''),
      passwd: () => {
        throw new Error('ENOENT')
      },
    }
    expect(() => accountFor('/nowhere', machine)).toThrow('DATABASE_URL')
  })

  it('keeps to whoever owns the cluster, unless that is root', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'allswell-owner-'))
    writeFileSync(path.join(folder, 'PG_VERSION'), '18\n')
    const { uid } = statSync(folder)
    const found = accountFor(folder, root([line('me', uid), line('nobody', 65534)].join('\n')))
    expect(found?.name).toBe(uid === 0 ? 'nobody' : 'me')
    rmSync(folder, { recursive: true })
  })
})

describe('the list of users', () => {
  it('is read by name, past lines that are none', () => {
    expect([...parsePasswd(`# hello\n${line('a', 5)}\n\nbroken:x`)]).toEqual([
      ['a', { name: 'a', uid: 5, gid: 6 }],
    ])
  })
})

describe('who may pass through a folder', () => {
  it.each([
    [0o700, { own: true, group: false, other: false }],
    [0o010, { own: false, group: true, other: false }],
    [0o711, { own: true, group: true, other: true }],
    [0o701, { own: true, group: false, other: true }],
  ])('of mode %o', (mode, expected) => {
    const parent = mkdtempSync(path.join(tmpdir(), 'allswell-pass-'))
    const folder = path.join(parent, 'x')
    mkdirSync(folder)
    const { uid, gid } = statSync(folder)
    chmodSync(folder, mode)
    const of = (u: number, g: number): boolean => mayPass(folder, { uid: u, gid: g })
    expect({
      own: of(uid, gid + 9),
      group: of(uid + 9, gid),
      other: of(uid + 9, gid + 9),
    }).toEqual(expected)
    chmodSync(folder, 0o700)
    rmSync(parent, { recursive: true })
  })
})
