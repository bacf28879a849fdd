import { execFileSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import path from 'node:path'
import { runQuietly } from './terminal.mjs'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function onPath() {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)
  for (const folder of [...folders, '/usr/bin', '/usr/local/bin', '/snap/bin'])
    for (const name of NAMES) if (isProgram(path.join(folder, name))) return path.join(folder, name)
  return undefined
}

async function playwrightsOwn() {
  const { chromium } = await import('@playwright/test')
  const file = chromium.executablePath()
  return file && existsSync(file) ? file : undefined
}

/** The browser that is there already: `$CHROMIUM`, the system's, Playwright's; undefined when there is none. */
export async function findBrowser() {
  const chosen = process.env.CHROMIUM
  if (chosen) {
    if (isProgram(chosen)) return chosen
    throw new Error(`CHROMIUM is set to ${chosen}, but that is not a program.`)
  }
  return onPath() ?? (await playwrightsOwn())
}

const canUseApt = () =>
  process.getuid?.() === 0 && existsSync('/etc/debian_version') && isProgram('/usr/bin/apt-get')

async function installByApt() {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = ['-o', 'DPkg::Lock::Timeout=300', '-o', 'Acquire::Retries=3', '-q', '-y']
  await runQuietly('apt-get', [...options, 'update'], { env })
  await runQuietly('apt-get', [...options, 'install', '--no-install-recommends', 'chromium'], {
    env,
  })
}

/** Finds a browser or installs one; the error says what a person can do. */
export async function ensureBrowser() {
  const found = await findBrowser()
  if (found) return found
  const failures = []
  if (canUseApt()) await installByApt().catch((error) => failures.push(error.message))
  const afterApt = await findBrowser()
  if (afterApt) return afterApt
  await runQuietly('npx', ['playwright', 'install', 'chromium']).catch((error) =>
    failures.push(error.message),
  )
  const afterPlaywright = await findBrowser()
  if (afterPlaywright) return afterPlaywright
  throw new Error(
    `The tests need a Chromium. Install one, or set CHROMIUM to its path.\n${failures.join('\n')}`,
  )
}

/** The version that the browser prints of itself. */
export function browserVersion(file) {
  return execFileSync(file, ['--version', '--no-sandbox'], { encoding: 'utf8' }).trim()
}
