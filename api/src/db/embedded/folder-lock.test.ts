import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { FolderLock } from './folder-lock.ts'
import { beginningOf } from './processes.ts'

let folder: string
beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), 'allswell-lock-'))))
afterEach(() => rmSync(folder, { recursive: true }))
const leave = (content: string): void => writeFileSync(path.join(folder, 'server.lock'), content)
const deadPid = (): number => spawnSync('true').pid

describe('the lock of a folder', () => {
  it('names its owner', () => {
    const lock = FolderLock.take(folder)
    expect(FolderLock.ownerOf(folder)).toBe(process.pid)
    lock.release()
    expect(FolderLock.ownerOf(folder)).toBeUndefined()
    expect(readdirSync(folder)).toEqual([])
  })

  it('is refused while its owner lives, and says who that is', () => {
    FolderLock.take(folder)
    expect(() => FolderLock.take(folder)).toThrow(`process ${process.pid}`)
  })

  it.each([
    ['of a dead process', () => `${deadPid()}\nx/1\n`],
    ['of an earlier process with the pid of a living one', () => `${process.pid}\nx/1\n`],
    ['with nothing in it', () => ''],
    ['with nonsense in it', () => 'nonsense'],
  ])('%s is taken over', (_, content) => {
    leave(content())
    expect(FolderLock.ownerOf(folder)).toBeUndefined()
    FolderLock.take(folder)
    expect(FolderLock.ownerOf(folder)).toBe(process.pid)
    expect(readdirSync(folder)).toEqual(['server.lock'])
  })

  it('is believed without the beginning of its process, where that could not be seen', () => {
    leave(`${process.pid}\n\n`)
    expect(FolderLock.ownerOf(folder)).toBe(process.pid)
  })

  it('stays when it has become another’s meanwhile', () => {
    const lock = FolderLock.take(folder)
    leave('1\n\n')
    lock.release()
    expect(readFileSync(path.join(folder, 'server.lock'), 'utf8')).toBe('1\n\n')
  })
})

describe.runIf(process.platform === 'linux')('the beginning of a process', () => {
  it('is the same each time, and differs between processes', () => {
    expect(beginningOf(process.pid)).toBe(beginningOf(process.pid))
    expect(beginningOf(process.pid)).toMatch(/^[0-9a-f-]{36}\/\d+$/)
    expect(beginningOf(process.pid)).not.toBe(beginningOf(1))
  })
})
