import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** Whether a process lives. A zombie does not: it only waits to be noticed. */
export function isAlive(pid: number): boolean {
  return exists(pid) && !isZombie(pid)
}

/** Whether a process has ended and its parent has not noticed yet; false where that can't be seen. */
export function isZombie(pid: number): boolean {
  return statFields(pid)?.[0] === 'Z'
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function statFields(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined
  }
}

/**
 * When a process began: the boot of the machine and the ticks since then. It tells a process from a later one with
 * the same pid. Empty where that can't be seen.
 */
export function beginningOf(pid: number): string {
  const ticks = statFields(pid)?.[19]
  if (!ticks) return ''
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}/${ticks}`
  } catch {
    return ticks
  }
}

/** Whether a process was started with this very text among its arguments; undefined when that can't be seen. */
export function isStartedWith(pid: number, text: string): boolean | undefined {
  try {
    if (process.platform === 'linux')
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(text)
    const args = execFileSync('ps', ['-ww', '-o', 'command=', '-p', String(pid)])
    return ` ${args.toString().trim()} `.includes(` ${text} `)
  } catch {
    return undefined
  }
}

/** The processes of this program whose working folder this is; none where that can't be seen. */
export function processesIn(folder: string, program: string): number[] {
  const isOne = (pid: number): boolean => {
    try {
      const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
      return name === program && readlinkSync(`/proc/${pid}/cwd`) === folder
    } catch {
      return false
    }
  }
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger).filter(isOne)
  } catch {
    return []
  }
}

/** Sends a signal; a process that is gone, or not ours, is left in peace. */
export function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It ended before us.
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
