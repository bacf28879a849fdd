import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepSecretFile, makeFileOnce } from './durable-file.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'allswell-secret-'))))
afterEach(() => rmSync(folder, { recursive: true }))

describe('a secret file', () => {
  it('is made at the first call, for its owner only, and stays as it is', () => {
    const file = path.join(folder, 'key')
    expect(keepSecretFile(file, () => 'first')).toBe('first')
    expect(keepSecretFile(file, () => 'second')).toBe('first')
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('leaves no draft behind', () => {
    keepSecretFile(path.join(folder, 'key'), () => 'x')
    expect(readdirSync(folder)).toEqual(['key'])
  })

  it('is the other one when another process was quicker', () => {
    const file = path.join(folder, 'key')
    const made = keepSecretFile(file, () => {
      writeFileSync(file, 'theirs\n')
      return 'ours'
    })
    expect(made).toBe('theirs')
  })

  it('is not made where its folder is missing', () => {
    expect(() => keepSecretFile(path.join(folder, 'no', 'key'), () => 'x')).toThrow('ENOENT')
  })
})

describe('a file that is made once', () => {
  it('says whether it was made, and never overwrites', () => {
    const file = path.join(folder, 'lock')
    expect([makeFileOnce(file, 'a'), makeFileOnce(file, 'b')]).toEqual([true, false])
    expect(readFileSync(file, 'utf8')).toBe('a')
    expect(readdirSync(folder)).toEqual(['lock'])
  })
})
