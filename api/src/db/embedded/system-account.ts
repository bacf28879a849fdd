import { readFileSync, realpathSync, statSync } from 'node:fs'
import path from 'node:path'
import { AppError } from '../../lib/app-error.ts'

/** The account that PostgreSQL runs as. */
export interface SystemAccount {
  uid: number
  gid: number
  name: string
}

const PREFERRED = ['allswell', 'postgres', 'node', 'nobody']

/** The accounts of /etc/passwd by name. */
export function parsePasswd(text: string): Map<string, SystemAccount> {
  const accounts = new Map<string, SystemAccount>()
  for (const line of text.split('\n')) {
    const [name, , uid, gid] = line.split(':')
    if (name && uid && gid) accounts.set(name, { name, uid: Number(uid), gid: Number(gid) })
  }
  return accounts
}

function readPasswd(): Map<string, SystemAccount> {
  try {
    return parsePasswd(readFileSync('/etc/passwd', 'utf8'))
  } catch {
    return new Map()
  }
}

/**
 * PostgreSQL refuses to run as root. Root runs it as the owner of an existing cluster, else as the first of the
 * preferred accounts. Undefined: run it as ourselves. Throws UNAVAILABLE when root finds no such account.
 */
export function accountFor(
  clusterFolder: string,
  passwd: () => Map<string, SystemAccount> = readPasswd,
): SystemAccount | undefined {
  if (process.getuid?.() !== 0) return undefined
  try {
    const { uid, gid } = statSync(path.join(clusterFolder, 'PG_VERSION'))
    if (uid !== 0) return { uid, gid, name: `user ${uid}` }
  } catch {
    // No cluster yet.
  }
  const accounts = passwd()
  const found = PREFERRED.map((name) => accounts.get(name)).find((one) => one && one.uid !== 0)
  if (found) return found
  throw new AppError(
    'UNAVAILABLE',
    `PostgreSQL refuses to run as root, and none of the accounts ${PREFERRED.join(', ')} exists here. ` +
      'Create one (useradd -r allswell), run Allswell as an ordinary user, or set DATABASE_URL.',
  )
}

/** Whether this account can walk through every folder down to this place and read it. */
export function canReach(place: string, account: SystemAccount | undefined): boolean {
  if (!account) return true
  for (let folder = realpathSync(place); ; folder = path.dirname(folder)) {
    const { mode, uid, gid } = statSync(folder)
    const rights = uid === account.uid ? mode >> 6 : gid === account.gid ? mode >> 3 : mode
    if (!(rights & 1)) return false
    if (path.dirname(folder) === folder) return true
  }
}
