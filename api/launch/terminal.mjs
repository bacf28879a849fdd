import { spawn } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the whole project. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

const isTerminal = process.stdout.isTTY === true
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`

/** Shows one line for a step: what it is, how long it has run, how it ended. */
export async function step(title, run) {
  const began = performance.now()
  const draw = () => process.stdout.write(`\r  … ${title} (${seconds(began)})`)
  const timer = isTerminal ? setInterval(draw, 200) : undefined
  if (isTerminal) draw()
  else console.log(`  … ${title}`)
  try {
    const result = await run()
    console.log(`${isTerminal ? '\r\u001b[K' : ''}  ✓ ${title} (${seconds(began)})`)
    return result
  } catch (error) {
    console.log(`${isTerminal ? '\r\u001b[K' : ''}  ✗ ${title} (${seconds(began)})`)
    throw error
  } finally {
    clearInterval(timer)
  }
}

/** Runs a program to its end; its output goes to a file and is shown only when it fails. */
export async function runQuietly(command, args, { cwd = root, env = process.env } = {}) {
  const folder = path.join(root, '.cache/launch')
  mkdirSync(folder, { recursive: true })
  const file = path.join(folder, `${path.basename(command)}-${process.pid}-${Date.now() % 1e6}.log`)
  const log = openSync(file, 'w')
  const code = await new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', log, log], shell: isWindows })
    child.on('error', reject)
    child.on('exit', resolve)
  }).finally(() => closeSync(log))
  if (code === 0) return
  const output = readFileSync(file, 'utf8').trimEnd().split('\n').slice(-60).join('\n')
  throw new Error(`${[path.basename(command), ...args].join(' ')} failed (${code}):\n${output}`)
}

/** Runs a program to its end with the terminal as its own; answers its exit code. */
export function runOpenly(command, args, { cwd = root, env = process.env } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit', shell: isWindows })
    child.on('error', reject)
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

const isWindows = process.platform === 'win32'
export const npm = 'npm'

/** A failure ends the program with its message alone: the stack would not help the person who reads it. */
export function failWithMessage(error) {
  console.error(`\n${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
}

export function checkNodeVersion() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  failWithMessage(new Error(`Allswell needs Node.js 20.19 or newer; this is ${process.version}.`))
}
