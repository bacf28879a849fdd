import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'

const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code

/** Makes what was made, renamed or removed in a folder survive a power cut. */
export function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r')
  try {
    fsyncSync(handle)
  } catch {
    // Some file systems can't flush a folder.
  } finally {
    closeSync(handle)
  }
}

/** Writes a file whole or not at all, readable by its owner only, safe from a power cut; false when it exists. */
export function makeFileOnce(file: string, content: string): boolean {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  const handle = openSync(draft, 'wx', 0o600)
  try {
    writeSync(handle, content)
    fsyncSync(handle)
    linkSync(draft, file)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  } finally {
    closeSync(handle)
    rmSync(draft, { force: true })
  }
  syncFolder(path.dirname(file))
  return true
}

/** Puts a file in the place of another, whole or not at all, readable by its owner only, safe from a power cut. */
export function replaceFile(file: string, content: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  const handle = openSync(draft, 'wx', 0o600)
  try {
    writeSync(handle, content)
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
  renameSync(draft, file)
  syncFolder(path.dirname(file))
}

/** The content of a secret file without white space around it; made at the first call, once even by two processes. */
export function keepSecretFile(file: string, make: () => string): string {
  const read = (): string => readFileSync(file, 'utf8').trim()
  try {
    return read()
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error
  }
  makeFileOnce(file, make())
  return read()
}
