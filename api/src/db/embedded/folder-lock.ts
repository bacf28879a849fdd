import { closeSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../../lib/app-error.ts'
import { beginningOf, isAlive } from './processes.ts'

/** The lock of a data folder: one server owns it. A dead owner's lock is taken over. */
export class FolderLock {
  private constructor(private readonly file: string) {}

  /** Throws CONFLICT when a living server owns the folder. */
  static take(folder: string): FolderLock {
    const file = path.join(folder, 'server.lock')
    for (let attempt = 0; attempt < 3; attempt++) {
      try {
        const handle = openSync(file, 'wx', 0o600)
        writeSync(handle, `${process.pid}\n${beginningOf(process.pid)}\n`)
        closeSync(handle)
        return new FolderLock(file)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
      }
      const owner = FolderLock.ownerOf(folder)
      if (owner !== undefined)
        throw new AppError(
          'CONFLICT',
          `Another Allswell (process ${owner}) uses the data folder ${folder}. ` +
            'Stop it first, or set ALLSWELL_DATA to another folder.',
        )
      rmSync(file, { force: true })
    }
    throw new AppError('CONFLICT', `The data folder ${folder} is being taken by another Allswell.`)
  }

  /** The pid of the living server that owns the folder. */
  static ownerOf(folder: string): number | undefined {
    try {
      const [first, beginning] = readFileSync(path.join(folder, 'server.lock'), 'utf8').split('\n')
      const pid = Number(first)
      if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return undefined
      return beginning && beginning !== beginningOf(pid) ? undefined : pid
    } catch {
      return undefined
    }
  }

  release(): void {
    rmSync(this.file, { force: true })
  }
}
