import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../../lib/app-error.ts'
import { makeFileOnce } from '../../lib/durable-file.ts'
import { beginningOf, isAlive } from './processes.ts'

const ATTEMPTS = 10

/** The lock of a database's folder: one living process owns it. The lock of a dead one is taken over. */
export class FolderLock {
  private constructor(
    private readonly file: string,
    private readonly content: string,
  ) {}

  /** Throws CONFLICT when a living process owns the folder. */
  static take(folder: string): FolderLock {
    const file = fileIn(folder)
    const content = `${process.pid}\n${beginningOf(process.pid)}\n`
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (makeFileOnce(file, content)) return new FolderLock(file, content)
      const held = contentOf(file)
      if (held === undefined) continue
      const owner = ownerIn(held)
      if (owner !== undefined) throw isOwned(folder, owner)
      removeStale(file, held)
    }
    throw new AppError('CONFLICT', `The folder ${folder} is being taken by another Allswell.`)
  }

  /** The pid of the living process that owns the folder. */
  static ownerOf(folder: string): number | undefined {
    const held = contentOf(fileIn(folder))
    return held === undefined ? undefined : ownerIn(held)
  }

  release(): void {
    if (contentOf(this.file) === this.content) rmSync(this.file, { force: true })
  }
}

const fileIn = (folder: string): string => path.join(folder, 'server.lock')

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function ownerIn(content: string): number | undefined {
  const [first, beginning] = content.split('\n')
  const pid = Number(first)
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined
  return beginning && beginning !== beginningOf(pid) ? undefined : pid
}

/** Of several that find the same stale lock one moves it away; who moved a fresh one by that puts it back. */
function removeStale(file: string, stale: string): void {
  const aside = `${file}.${randomBytes(6).toString('hex')}`
  try {
    renameSync(file, aside)
    if (contentOf(aside) !== stale) linkSync(aside, file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOENT' && code !== 'EEXIST') throw error
  } finally {
    rmSync(aside, { force: true })
  }
}

const isOwned = (folder: string, owner: number): AppError =>
  new AppError(
    'CONFLICT',
    `Another Allswell (process ${owner}) uses the database in ${folder}. ` +
      'Stop it first, or set ALLSWELL_DATA to another folder.',
  )
