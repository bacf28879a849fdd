import { readFileSync } from 'node:fs'

/** Whether a process lives. A zombie does not: it only waits to be noticed. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false
  }
  return stateOf(pid) !== 'Z'
}

function stateOf(pid: number): string | undefined {
  return statFields(pid)?.[0]
}

function statFields(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

/** When a process began, in ticks since boot: tells it from a later one with the same pid. Empty where unknown. */
export function beginningOf(pid: number): string {
  return statFields(pid)?.[19] ?? ''
}

/** Whether a process was started with this text among its arguments; true where that can't be seen. */
export function isStartedWith(pid: number, text: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(text)
  } catch {
    return process.platform !== 'linux'
  }
}

/** The first line of a lock file as a pid; undefined when there is none. */
export function pidIn(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
    return Number.isInteger(pid) && pid > 0 ? pid : undefined
  } catch {
    return undefined
  }
}
