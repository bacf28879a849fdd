import { accessSync, chmodSync, constants, mkdirSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../../lib/app-error.ts'
import { canReach, mayPass, type SystemAccount } from './system-account.ts'

/** Makes the data folder and answers its real path. Throws UNAVAILABLE with what to do when it can't be written. */
export function makeDataFolder(folder: string): string {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o711 })
    accessSync(folder, constants.W_OK | constants.X_OK)
    return realpathSync(folder)
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new AppError(
      'UNAVAILABLE',
      `The data folder ${folder} can't be written (${why}). Set ALLSWELL_DATA to a folder of yours.`,
    )
  }
}

/** Lets the account through the data folder itself: what lies in it is closed file by file. */
export function letThrough(root: string, account: SystemAccount | undefined): void {
  if (!account || mayPass(root, account) || !canReach(path.dirname(root), account)) return
  chmodSync(root, (statSync(root).mode & 0o777) | 0o011)
}
