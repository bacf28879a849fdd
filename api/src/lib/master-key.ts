import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { AppError } from './app-error.ts'
import { keepSecretFile, replaceFile, syncFolder } from './durable-file.ts'

export const KEY_BYTES = 32

/** Keys that come by the environment, in base64. */
export interface ConfiguredKeys {
  masterKey?: string | undefined
  masterKeysOld?: readonly string[]
}

export interface MasterKeys {
  key: Buffer
  /** Keys that were in use: they open what is not yet sealed with the present one. */
  oldKeys: readonly Buffer[]
}

const keyFile = (dataFolder: string): string => path.join(dataFolder, 'master.key')
const oldKeyFile = (dataFolder: string): string => path.join(dataFolder, 'master.key.old')
const newKey = (): string => randomBytes(KEY_BYTES).toString('base64')

/**
 * The keys of this installation. Without a configured key one is made on the first start, in a file that only its
 * owner reads. Throws UNAVAILABLE when a file holds something else.
 */
export function readMasterKeys(dataFolder: string, configured: ConfiguredKeys = {}): MasterKeys {
  const { masterKey, masterKeysOld = [] } = configured
  const oldKeys = masterKeysOld.map((key) => Buffer.from(key, 'base64'))
  if (masterKey) return { key: Buffer.from(masterKey, 'base64'), oldKeys }
  const file = keyFile(dataFolder)
  const key = decoded(keepSecretFile(file, newKey), file)
  return { key, oldKeys: [...oldKeys, ...storedOldKeys(dataFolder)] }
}

/**
 * The first half of a change of the key file, which a power cut may interrupt at any point:
 * 1. the present key is kept beside it, as an old one;
 * 2. a new one takes its place; from now on both are read.
 * An interrupted change is taken up where it was: no third key is made.
 */
export function beginKeyChange(dataFolder: string): void {
  const { key, oldKeys } = readMasterKeys(dataFolder)
  if (oldKeys.some((old) => !old.equals(key))) return
  replaceFile(oldKeyFile(dataFolder), `${key.toString('base64')}\n`)
  replaceFile(keyFile(dataFolder), newKey())
}

/** The second half, once nothing is sealed with the old key any more. */
export function endKeyChange(dataFolder: string): void {
  rmSync(oldKeyFile(dataFolder), { force: true })
  syncFolder(dataFolder)
}

/** Whether there is a key already; reading them makes one. */
export function hasMasterKey(dataFolder: string, { masterKey }: ConfiguredKeys = {}): boolean {
  return masterKey !== undefined || existsSync(keyFile(dataFolder))
}

/**
 * Makes other keys those of this folder, the present one first. Until `endKeyChange` the key of before stays beside
 * them: whether what it sealed is still there depends on what comes next.
 */
export function adoptKeys(dataFolder: string, keys: readonly Buffer[]): void {
  const lines = (given: readonly Buffer[]): string =>
    given.map((key) => `${key.toString('base64')}\n`).join('')
  const before = existsSync(keyFile(dataFolder)) ? readMasterKeys(dataFolder) : undefined
  const old = [...keys.slice(1), ...(before ? [before.key, ...before.oldKeys] : [])]
  if (old.length) replaceFile(oldKeyFile(dataFolder), lines(old))
  replaceFile(keyFile(dataFolder), keys[0]!.toString('base64'))
}

function storedOldKeys(dataFolder: string): Buffer[] {
  const file = oldKeyFile(dataFolder)
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter((line) => line.trim()).map((line) => decoded(line, file))
}

function decoded(text: string, file: string): Buffer {
  const key = Buffer.from(text, 'base64')
  if (key.length === KEY_BYTES) return key
  throw new AppError(
    'UNAVAILABLE',
    `${file} does not hold a master key (${KEY_BYTES} bytes in base64). Restore it from a back-up: without it the stored secrets can't be read.`,
  )
}
