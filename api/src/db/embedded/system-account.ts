import { readFileSync, realpathSync, statSync } from 'node:fs'
import { userInfo } from 'node:os'
import path from 'node:path'
import { AppError } from '../../lib/app-error.ts'

/** The account that PostgreSQL runs as. */
export interface SystemAccount {
  uid: number
  gid: number
  name: string
}

/** What is asked of the machine; tests answer in its place. */
export interface Machine {
  uid: number | undefined
  passwd(): string
  /** Throws when our own user has no entry in the system's list of users. */
  self(): unknown
}

const PREFERRED = ['allswell', 'postgres', 'node', 'nobody']

const thisMachine: Machine = {
  uid: process.getuid?.(),
  passwd: () => readFileSync('/etc/passwd', 'utf8'),
  self: () => userInfo(),
}

/** The accounts of /etc/passwd by name. */
export function parsePasswd(text: string): Map<string, SystemAccount> {
  const accounts = new Map<string, SystemAccount>()
  for (const line of text.split('\n')) {
    const [name, , uid, gid] = line.split(':')
    if (name && uid && gid) accounts.set(name, { name, uid: Number(uid), gid: Number(gid) })
  }
  return accounts
}

function listAccounts(machine: Machine): Map<string, SystemAccount> {
  try {
    return parsePasswd(machine.passwd())
  } catch {
    return new Map()
  }
}

/**
 * PostgreSQL refuses to run as root. Root runs it as the owner of an existing cluster, else as the first of the
 * preferred accounts. Undefined: run it as ourselves. Throws UNAVAILABLE when there is nobody to run it as.
 */
export function accountFor(
  clusterFolder: string,
  machine: Machine = thisMachine,
): SystemAccount | undefined {
  if (machine.uid !== 0) return checkSelf(machine)
  const accounts = listAccounts(machine)
  const owner = ownerOf(clusterFolder)
  if (owner && owner.uid !== 0) {
    const known = [...accounts.values()].find((account) => account.uid === owner.uid)
    return { ...owner, name: known?.name ?? `user ${owner.uid}` }
  }
  const found = PREFERRED.map((name) => accounts.get(name)).find((one) => one && one.uid !== 0)
  if (found) return found
  throw new AppError(
    'UNAVAILABLE',
    `PostgreSQL refuses to run as root, and none of the accounts ${PREFERRED.join(', ')} exists here. ` +
      'Create one (useradd -r allswell), run Allswell as an ordinary user, or set DATABASE_URL.',
  )
}

function checkSelf(machine: Machine): undefined {
  try {
    machine.self()
  } catch {
    throw new AppError(
      'UNAVAILABLE',
      `PostgreSQL refuses to run as user ${machine.uid}, which has no entry in /etc/passwd. ` +
        'Run Allswell as a user that has one, or set DATABASE_URL.',
    )
  }
  return undefined
}

function ownerOf(clusterFolder: string): { uid: number; gid: number } | undefined {
  try {
    const { uid, gid } = statSync(path.join(clusterFolder, 'PG_VERSION'))
    return { uid, gid }
  } catch {
    return undefined
  }
}

/** Whether this account may pass through (a folder) or run (a file) this one place, by its mode. */
export function mayPass(place: string, account: Pick<SystemAccount, 'uid' | 'gid'>): boolean {
  const { mode, uid, gid } = statSync(place)
  const rights = uid === account.uid ? mode >> 6 : gid === account.gid ? mode >> 3 : mode
  return (rights & 1) === 1
}

/** Whether this account can walk through every folder down to this place, and pass it. */
export function canReach(place: string, account: SystemAccount | undefined): boolean {
  if (!account) return true
  for (let folder = realpathSync(place); ; folder = path.dirname(folder)) {
    if (!mayPass(folder, account)) return false
    if (path.dirname(folder) === folder) return true
  }
}
