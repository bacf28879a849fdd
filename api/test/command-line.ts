import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { fileURLToPath, pathToFileURL } from 'node:url'

const API = fileURLToPath(new URL('..', import.meta.url))
/** Set by `npm test`, which has just built it: what was built starts several times as fast as the sources. */
const isBuilt = process.env['ALLSWELL_TEST_BUILT'] === '1'
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href

export interface Ran {
  code: number | null
  output: string
  /** What it says beside its output. */
  said: string
}

type Surroundings = { env: Record<string, string>; input?: string }

/** Runs `allswell` as a process of its own, as a person would type it. */
export async function runAllswell(
  args: readonly string[],
  { env, input = '' }: Surroundings,
): Promise<Ran> {
  return spawnAllswell(args, { env, input }).ended
}

/** The same, to be killed before it ends. */
export function spawnAllswell(
  args: readonly string[],
  { env, input = '' }: Surroundings,
): { kill(signal: NodeJS.Signals): void; ended: Promise<Ran> } {
  const program = isBuilt ? ['dist/allswell.js'] : ['--import', TSX, 'src/cli/allswell.ts']
  const command = [...program, ...args]
  const child = spawn(process.execPath, command, {
    cwd: API,
    env: {
      ...{ PATH: process.env['PATH'], TMPDIR: process.env['TMPDIR'], HOME: tmpdir() },
      ...{ TSX_TSCONFIG_PATH: 'tsconfig.json', ...env },
    },
  })
  const ran: Ran = { code: null, output: '', said: '' }
  child.stdout.on('data', (part: Buffer) => (ran.output += part.toString()))
  child.stderr.on('data', (part: Buffer) => (ran.said += part.toString()))
  // One that is killed early reads nothing.
  child.stdin.on('error', () => undefined)
  child.stdin.end(input)
  const ended = once(child, 'close').then(([code]) => ({ ...ran, code: code as number | null }))
  return { kill: (signal) => void child.kill(signal), ended }
}
