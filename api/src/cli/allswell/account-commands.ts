import type { Accounts, ListedUser } from '../../accounts/index.ts'
import type { Role } from '../../lib/actor.ts'
import { ROLES } from '../../lib/permissions.ts'
import { UsageError, type Wish } from './usage.ts'

const HOUR_MS = 3_600_000
const CREATED_LASTS_MS = 24 * HOUR_MS
const RESET_LASTS_MS = HOUR_MS

export interface Terminal {
  /** What was asked for. */
  print(text: string): void
  /** What is worth knowing beside it. */
  tell(text: string): void
  readInput(): Promise<string>
}

type Services = Pick<Accounts, 'admin' | 'passwordReset' | 'signingKeys'>
type Command = (services: Services, wish: Wish, terminal: Terminal, webUrl: string) => Promise<void>

/** What can be done to people, and to the keys of their tokens, on the command line. */
export const ACCOUNT_COMMANDS: Readonly<Record<string, Command>> = {
  'user list': async ({ admin }, { options }, { print }) => {
    const users = await admin.list()
    print(options.json ? JSON.stringify(users, null, 2) : tableOf(users))
  },

  'user create': async ({ admin, passwordReset }, { email, options }, terminal, webUrl) => {
    const { name = email.split('@')[0]!, workspace } = options
    const user = await admin.create({ email, name, workspace, role: roleOf(options.role) })
    const link = await passwordReset.makeLink(user.id, webUrl, { lastsMs: CREATED_LASTS_MS })
    terminal.tell(`${user.email} sets a password here, once, within 24 hours:`)
    terminal.print(link)
  },

  'user reset-password': async ({ admin, passwordReset }, wish, terminal, webUrl) => {
    const user = await admin.find(wish.email)
    if (wish.options['password-stdin']) {
      await passwordReset.set(user, await terminal.readInput())
      return terminal.tell(`${user.email} has the new password. Every session has ended.`)
    }
    const link = await passwordReset.makeLink(user.id, webUrl, { lastsMs: RESET_LASTS_MS })
    if (user.suspendedAt)
      terminal.tell('They are suspended: the link works once they are reinstated.')
    terminal.tell(`${user.email} sets a new password here, once, within an hour:`)
    terminal.print(link)
  },

  'user suspend': async ({ admin }, { email }, { tell }) => {
    const user = await admin.find(email)
    const leftAlone = await admin.suspend(user)
    tell(`${user.email} is shut out.`)
    if (leftAlone.length) tell(`No other owner can sign in to: ${leftAlone.join(', ')}`)
  },

  'user reinstate': async ({ admin }, { email }, { tell }) => {
    const user = await admin.find(email)
    await admin.reinstate(user)
    tell(`${user.email} may sign in again.`)
  },

  'keys rotate': async ({ signingKeys }, _wish, { tell, print }) => {
    const kid = await signingKeys.rotate()
    tell('Access tokens are signed with a new key, by every server within a minute:')
    print(kid)
  },
}

function roleOf(given = 'viewer'): Role {
  const role = ROLES.find((one) => one === given.toLowerCase())
  if (!role) throw new UsageError(`${given} is no role: take one of ${ROLES.join(', ')}.`)
  return role
}

const TITLES = ['E-mail', 'Name', 'Workspaces', 'Sign-in', 'Last seen']

function tableOf(users: readonly ListedUser[]): string {
  const rows = [TITLES, ...users.map(rowOf)]
  const widths = TITLES.map((_, n) => Math.max(...rows.map((row) => row[n]!.length)))
  const lineOf = (row: readonly string[]): string =>
    row
      .map((cell, n) => cell.padEnd(widths[n]!))
      .join('  ')
      .trimEnd()
  return rows.map(lineOf).join('\n')
}

function rowOf(user: ListedUser): string[] {
  const places = user.memberships.map(
    ({ slug, role, isSuspended }) => `${slug} (${role}${isSuspended ? ', suspended' : ''})`,
  )
  const ways = [user.hasPassword ? 'password' : '', user.hasTotp ? 'code' : ''].filter(Boolean)
  return [
    ...[user.email, user.name, places.join(', ') || '-'],
    user.isSuspended ? 'suspended' : ways.join(' + ') || 'no password',
    user.lastSeenAt?.toISOString().slice(0, 16).replace('T', ' ') ?? '-',
  ]
}
