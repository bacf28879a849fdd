import { parseArgs } from 'node:util'
import { ROLES } from '../../lib/permissions.ts'

/** Something on the command line that can't be understood. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}

export const HELP = `Allswell on the command line of the server. It works while the server runs, unless it says otherwise.

  npm run allswell -- <command>

  user list [--json]               Everybody, with their workspaces and when they were last seen.
  user create <email>              Makes a person and prints a link to set their password (24 hours).
      [--name <name>]              What they are called; by default what stands before the @.
      [--role <role>]              ${ROLES.join(', ')}; by default viewer.
      [--workspace <slug>]         Where; needed when there are several workspaces.
  user reset-password <email>      Prints a link to set a new password (1 hour).
      [--password-stdin]           Reads the new password from standard input instead. Ends every session.
  user suspend <email>             Shuts somebody out: their sessions, tokens and sockets end within a second.
  user reinstate <email>           Lets somebody in again.
  keys rotate                      Signs access tokens (JWT) with a new key from now on.
  backup <file>                    Writes everything into one new file, as it is at one moment.
      [--passphrase-stdin]         Puts the master key in, closed with a passphrase that it reads from standard input.
                                   Otherwise keep master.key of the data folder (or ALLSWELL_MASTER_KEY) yourself.
  restore <file>                   Puts what a file holds into an empty database. Stop the server first.
      [--force]                    Into one that is not empty too: all that is in it is lost.
      [--passphrase-stdin]         Reads the passphrase that opens the master key in the file.
  secrets rotate                   Makes a new master key and seals every stored secret with it. Stop the server first.
  help                             This text.

  --url <address>                  For commands that print a link: where people reach this server.
                                   By default PUBLIC_URL, else http://localhost:<PORT>.

The settings are those of the server: ALLSWELL_DATA, DATABASE_URL and so on.`

const OPTIONS = {
  json: { type: 'boolean' },
  'password-stdin': { type: 'boolean' },
  'passphrase-stdin': { type: 'boolean' },
  force: { type: 'boolean' },
  help: { type: 'boolean' },
  name: { type: 'string' },
  role: { type: 'string' },
  workspace: { type: 'string' },
  url: { type: 'string' },
} as const

interface Command {
  /** What stands behind its name; undefined: nothing. */
  takes?: 'email' | 'file'
  /** Which it understands. */
  options: readonly string[]
}

const COMMANDS: Readonly<Record<string, Command>> = {
  'user list': { options: ['json'] },
  'user create': { takes: 'email', options: ['name', 'role', 'workspace', 'url'] },
  'user reset-password': { takes: 'email', options: ['password-stdin', 'url'] },
  'user suspend': { takes: 'email', options: [] },
  'user reinstate': { takes: 'email', options: [] },
  'keys rotate': { options: [] },
  backup: { takes: 'file', options: ['passphrase-stdin'] },
  restore: { takes: 'file', options: ['passphrase-stdin', 'force'] },
  'secrets rotate': { options: [] },
}

export interface Wish {
  /** Such as user list; help when nothing else was said. */
  command: string
  /** Empty for commands that take none. */
  email: string
  /** Of those that take one. */
  file?: string
  options: {
    json?: boolean | undefined
    'password-stdin'?: boolean | undefined
    'passphrase-stdin'?: boolean | undefined
    force?: boolean | undefined
    name?: string | undefined
    role?: string | undefined
    workspace?: string | undefined
    url?: string | undefined
  }
}

/** Reads a command line. Throws UsageError. */
export function readWish(args: readonly string[]): Wish {
  const { values, positionals } = parsed(args)
  const [room, verb] = positionals
  if (values.help || !room || room === 'help') return { command: 'help', email: '', options: {} }
  const isOneWord = Object.hasOwn(COMMANDS, room)
  const name = isOneWord ? room : [room, verb].filter(Boolean).join(' ')
  const rest = positionals.slice(isOneWord ? 1 : 2)
  const command = commandOf(name)
  const problem = strangeOption(command, values) ?? strangeWords(command, rest)
  if (problem) throw new UsageError(`${name} ${problem}.`)
  const word = rest[0] ?? ''
  return command.takes === 'file'
    ? { command: name, email: '', file: word, options: values }
    : { command: name, email: word, options: values }
}

function commandOf(name: string): Command {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) throw new UsageError(`There is no command ${name}.`)
  return command
}

function strangeOption({ options }: Command, values: object): string | undefined {
  const strange = Object.keys(values).find((option) => !options.includes(option))
  return strange && `knows no option --${strange}`
}

const WANTED = { email: 'one e-mail', file: 'the name of one file' }

function strangeWords({ takes }: Command, words: readonly string[]): string | undefined {
  if (words.length === (takes ? 1 : 0) && words[0] !== '') return undefined
  return `takes ${takes ? WANTED[takes] : 'nothing more'}`
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}
