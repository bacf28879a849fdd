import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { beginKeyChange, endKeyChange, readMasterKeys } from './master-key.ts'

describe('a change of the master key', () => {
  let folder: string
  const at = (name: string): string => path.join(folder, name)

  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'allswell-key-'))))
  afterEach(() => rmSync(folder, { recursive: true }))

  it('has both keys until it is done, each readable by its owner only', () => {
    const { key: first } = readMasterKeys(folder)
    beginKeyChange(folder)
    const { key: second, oldKeys } = readMasterKeys(folder)
    expect(second).not.toEqual(first)
    expect(oldKeys).toEqual([first])
    for (const name of ['master.key', 'master.key.old'])
      expect(statSync(at(name)).mode & 0o777).toBe(0o600)
    endKeyChange(folder)
    expect(readMasterKeys(folder)).toEqual({ key: second, oldKeys: [] })
  })

  it('is taken up where it was interrupted', () => {
    readMasterKeys(folder)
    const before = readFileSync(at('master.key'), 'utf8')
    // Cut between the two files: the old one stands, the present one is still itself.
    writeFileSync(at('master.key.old'), `${before}\n`)
    beginKeyChange(folder)
    const { key } = readMasterKeys(folder)
    expect(key.toString('base64')).not.toBe(before)
    // Cut before the end: the same two keys.
    beginKeyChange(folder)
    expect(readMasterKeys(folder)).toEqual({ key, oldKeys: [Buffer.from(before, 'base64')] })
  })

  it('does not begin when a file is damaged', () => {
    readMasterKeys(folder)
    writeFileSync(at('master.key.old'), 'nonsense\n')
    expect(() => beginKeyChange(folder)).toThrow('does not hold a master key')
  })

  it('takes keys from the environment, and then makes no file', () => {
    const [masterKey, old] = [randomBytes(32), randomBytes(32)]
    const keys = readMasterKeys(folder, {
      ...{ masterKey: masterKey.toString('base64'), masterKeysOld: [old.toString('base64')] },
    })
    expect(keys).toEqual({ key: masterKey, oldKeys: [old] })
    expect(() => statSync(at('master.key'))).toThrow('ENOENT')
  })
})
