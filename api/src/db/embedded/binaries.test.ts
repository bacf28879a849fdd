import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { execFileSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { makeSymlinks, nativeFolder, POSTGRES_MAJOR, programsFor } from './binaries.ts'

let native: string
let root: string
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'allswell-programs-'))
  native = path.join(root, 'native')
  mkdirSync(path.join(native, 'lib'), { recursive: true })
  writeFileSync(path.join(native, 'lib', 'libx.so.5.18'), 'code')
  const links = ['libx.so', 'libx.so.5'].map((name) => ({
    source: 'native/lib/libx.so.5.18',
    target: `native/lib/${name}`,
  }))
  writeFileSync(path.join(native, 'pg-symlinks.json'), JSON.stringify(links))
})
afterEach(() => rmSync(root, { recursive: true }))

describe('the links that npm ci --ignore-scripts leaves out', () => {
  it('are made', () => {
    expect(makeSymlinks(native)).toBe(true)
    expect(readFileSync(path.join(native, 'lib', 'libx.so'), 'utf8')).toBe('code')
    expect(readlinkSync(path.join(native, 'lib', 'libx.so.5'))).toBe('libx.so.5.18')
  })

  it('are left alone when they are there', () => {
    makeSymlinks(native)
    const before = lstatSync(path.join(native, 'lib', 'libx.so')).ino
    makeSymlinks(native)
    expect(lstatSync(path.join(native, 'lib', 'libx.so')).ino).toBe(before)
  })

  it('are made again when they lead nowhere', () => {
    symlinkSync('gone', path.join(native, 'lib', 'libx.so'))
    makeSymlinks(native)
    expect(readFileSync(path.join(native, 'lib', 'libx.so'), 'utf8')).toBe('code')
  })

  it('are no matter where the package has none', () => {
    rmSync(path.join(native, 'pg-symlinks.json'))
    expect(makeSymlinks(native)).toBe(true)
  })
})

describe('the programs', () => {
  it('are of the major version whose clusters we open', () => {
    const programs = programsFor(undefined, '/nowhere')
    const version = execFileSync(path.join(programs, 'postgres'), ['--version']).toString()
    expect(version).toContain(`(PostgreSQL) ${POSTGRES_MAJOR}.`)
  })

  it('are missing on other machines: the error names the ways out', () => {
    expect(() => nativeFolder('sunos', 'sparc')).toThrow(/sunos-sparc.*DATABASE_URL/)
    expect(() => nativeFolder('win32', 'x64')).toThrow(/WSL.*DATABASE_URL/)
  })
})
