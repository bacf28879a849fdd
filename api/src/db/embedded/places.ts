import { createHash, randomBytes } from 'node:crypto'
import {
  accessSync,
  chownSync,
  constants,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { AppError } from '../../lib/app-error.ts'
import { accountFor, canReach, type SystemAccount } from './system-account.ts'

/** Where everything of one embedded database lies. */
export interface Places {
  /** The data folder as given. */
  root: string
  /** PostgreSQL's own data directory, with its real path. */
  cluster: string
  /** Beside the cluster: copied programs and the log. */
  home: string
  socket: string
  log: string
  secret: string
  account: SystemAccount | undefined
}

const ELSEWHERE = '/var/lib/allswell'

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10)
}

/** Makes the data folder. Throws UNAVAILABLE with what to do when it can't be written. */
export function makeDataFolder(root: string): string {
  try {
    mkdirSync(root, { recursive: true, mode: 0o711 })
    accessSync(root, constants.W_OK | constants.X_OK)
    return realpathSync(root)
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error)
    throw new AppError(
      'UNAVAILABLE',
      `The data folder ${root} can't be written (${why}). Set ALLSWELL_DATA to a folder of yours.`,
    )
  }
}

/**
 * Root's folders are often closed to the account that must run PostgreSQL (/root is). The cluster then lies in
 * /var/lib/allswell, and a link in the data folder leads there.
 */
function clusterHome(root: string, account: SystemAccount | undefined): string {
  if (canReach(root, account)) return root
  const home = path.join(ELSEWHERE, digest(root))
  mkdirSync(home, { recursive: true, mode: 0o711 })
  const link = path.join(root, 'pgdata')
  if (!existsSync(link) && !isLink(link)) symlinkSync(path.join(home, 'pgdata'), link)
  return home
}

function isLink(place: string): boolean {
  try {
    return lstatSync(place).isSymbolicLink()
  } catch {
    return false
  }
}

/** The folder of the unix socket: short, ours alone. Throws UNAVAILABLE when somebody else made it. */
function makeSocketFolder(root: string, account: SystemAccount | undefined): string {
  const owner = account?.uid ?? process.getuid?.() ?? 0
  const base = tmpdir().length > 60 ? '/tmp' : tmpdir()
  const folder = path.join(base, `allswell-${owner}-${digest(root)}`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const before = lstatSync(folder)
  if (account && before.uid === 0) chownSync(folder, account.uid, account.gid)
  const { uid, mode } = lstatSync(folder)
  const isOurs = lstatSync(folder).isDirectory() && uid === owner && (mode & 0o077) === 0
  if (isOurs) return folder
  throw new AppError(
    'UNAVAILABLE',
    `The folder ${folder} for the database's socket belongs to somebody else. Remove it, or set TMPDIR.`,
  )
}

export function findPlaces(dataFolder: string): Places {
  const root = makeDataFolder(dataFolder)
  const account = accountFor(path.join(root, 'pgdata'))
  const home = clusterHome(root, account)
  return {
    root,
    home,
    account,
    cluster: path.join(home, 'pgdata'),
    socket: makeSocketFolder(root, account),
    log: path.join(home, 'postgres.log'),
    secret: path.join(root, 'database.secret'),
  }
}

/** The secret from which the passwords of the database are derived; made once, readable by the owner only. */
export function readSecret(file: string): string {
  if (!existsSync(file)) {
    try {
      writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
  return readFileSync(file, 'utf8').trim()
}
