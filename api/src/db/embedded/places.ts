import { randomBytes } from 'node:crypto'
import { lstatSync, mkdirSync, readlinkSync, rmSync, statSync, symlinkSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../../lib/app-error.ts'
import { letThrough, makeDataFolder } from './data-folder.ts'
import { socketFolderOf } from './socket-folder.ts'
import { accountFor, canReach, type SystemAccount } from './system-account.ts'

/** Where everything of one embedded database lies. Every path is a real path. */
export interface Places {
  /** The data folder. */
  root: string
  /** The folder of cluster, lock, log and copied programs: the data folder, or the one that its link leads to. */
  home: string
  /** PostgreSQL's own data directory. */
  cluster: string
  socket: string
  log: string
  secret: string
  account: SystemAccount | undefined
}

const ELSEWHERE = '/var/lib/allswell'

/** Makes the folders that are missing. Throws UNAVAILABLE with what to do. */
export function findPlaces(dataFolder: string, elsewhere = ELSEWHERE): Places {
  const root = makeDataFolder(dataFolder)
  const account = accountFor(path.join(root, 'pgdata'))
  letThrough(root, account)
  const home = homeOf(root, account, elsewhere)
  return {
    root,
    home,
    account,
    cluster: path.join(home, 'pgdata'),
    socket: socketFolderOf(home, account),
    log: path.join(home, 'postgres.log'),
    secret: path.join(root, 'database.secret'),
  }
}

/**
 * Some of root's folders are closed to the account that must run PostgreSQL (/root is). The cluster then lies in
 * /var/lib/allswell, and the link `pgdata` in the data folder leads there.
 */
function homeOf(root: string, account: SystemAccount | undefined, elsewhere: string): string {
  const link = path.join(root, 'pgdata')
  const linked = linkedHome(link)
  if (linked) return linked
  if (canReach(root, account)) return root
  if (isThere(link)) throw isClosed(root, account)
  return makeHomeElsewhere(link, elsewhere)
}

function linkedHome(link: string): string | undefined {
  let target: string
  try {
    target = readlinkSync(link)
  } catch {
    return undefined
  }
  if (isThere(path.dirname(target))) return path.dirname(target)
  throw new AppError(
    'UNAVAILABLE',
    `The database of this data folder lay in ${target}, and is gone. Restore it, or remove the link ${link} to begin anew.`,
  )
}

function isThere(place: string): boolean {
  return lstatSync(place, { throwIfNoEntry: false }) !== undefined
}

function makeHomeElsewhere(link: string, elsewhere: string): string {
  const home = path.join(elsewhere, randomBytes(5).toString('hex'))
  try {
    mkdirSync(home, { recursive: true, mode: 0o711 })
    symlinkSync(path.join(home, 'pgdata'), link)
    return home
  } catch (error) {
    rmSync(home, { recursive: true, force: true })
    const byAnother = linkedHome(link)
    if (byAnother) return byAnother
    throw new AppError(
      'UNAVAILABLE',
      `The account that runs PostgreSQL can't enter ${path.dirname(link)}, and ${elsewhere} can't be made ` +
        `(${(error as NodeJS.ErrnoException).code}). Set ALLSWELL_DATA to a folder outside of closed ones, or set DATABASE_URL.`,
    )
  }
}

function isClosed(root: string, account: SystemAccount | undefined): AppError {
  const mode = (statSync(root).mode & 0o777).toString(8)
  return new AppError(
    'UNAVAILABLE',
    `The account ${account?.name} that owns the database can't enter ${root} (mode ${mode}). ` +
      'Open its folders for passing (chmod o+x), or set DATABASE_URL.',
  )
}
