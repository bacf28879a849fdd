import { createHash } from 'node:crypto'
import { chownSync, lstatSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AppError } from '../../lib/app-error.ts'
import { canReach, type SystemAccount } from './system-account.ts'

/** The path of a unix socket has at most 103 bytes on macOS and 107 on Linux; ours adds at most 46 to this. */
const LONGEST_BASE = 55

function baseFor(account: SystemAccount | undefined): string {
  const temporary = tmpdir()
  const isShort = Buffer.byteLength(temporary) <= LONGEST_BASE
  return isShort && canReach(temporary, account) ? temporary : '/tmp'
}

/** Where the socket of the cluster in this folder lies. */
export function socketFolderOf(home: string, account: SystemAccount | undefined): string {
  const digest = createHash('sha256').update(home).digest('hex').slice(0, 10)
  return path.join(baseFor(account), `allswell-${ownerOf(account)}-${digest}`)
}

const ownerOf = (account: SystemAccount | undefined): number =>
  account?.uid ?? process.getuid?.() ?? 0

/** Makes the folder, ours alone even in a shared /tmp. Throws UNAVAILABLE when somebody else made it first. */
export function makeSocketFolder(folder: string, account: SystemAccount | undefined): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const made = lstatSync(folder)
  if (account && made.isDirectory() && made.uid === 0) chownSync(folder, account.uid, account.gid)
  const { uid, mode } = lstatSync(folder)
  if (made.isDirectory() && uid === ownerOf(account) && (mode & 0o077) === 0) return
  throw new AppError(
    'UNAVAILABLE',
    `The folder ${folder} for the database's socket belongs to somebody else, or is open to others. ` +
      'Remove it, or set TMPDIR to a folder of yours.',
  )
}
