import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { projectRoot } from '../harness/server-process.ts'

export interface Child {
  pid: number
  /** The first line that it printed. */
  firstLine: string
  /** All that it prints until it ends. */
  output: Promise<string>
  stop(): void
}

/** Starts one of the bench's own processes and waits for its first line. */
export function startChild(script: string, args: string[]): Promise<Child> {
  const file = path.join(projectRoot, 'e2e/bench', script)
  const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', file, ...args], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let text = ''
  const output = new Promise<string>((resolve) => child.on('exit', () => resolve(text)))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => code && reject(new Error(`${script} ended with ${code}`)))
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString()
      const firstLine = text.split('\n')[0]
      if (text.includes('\n') && firstLine !== undefined && child.pid)
        resolve({ pid: child.pid, firstLine, output, stop: () => void child.kill('SIGTERM') })
    })
  })
}
