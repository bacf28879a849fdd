import { readdirSync, readFileSync } from 'node:fs'

const TICKS_PER_SECOND = 100

interface Stat {
  pid: number
  parent: number
  /** Own time. */
  ticks: number
  /** Time of children that ended and were waited for. */
  childTicks: number
  name: string
}

function statOf(pid: number): Stat | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const end = text.lastIndexOf(')')
    const fields = text.slice(end + 2).split(' ')
    const number = (index: number) => Number(fields[index])
    return {
      pid,
      parent: number(1),
      ticks: number(11) + number(12),
      childTicks: number(13) + number(14),
      name: text.slice(text.indexOf('(') + 1, end),
    }
  } catch {
    return undefined
  }
}

function allProcesses(): Stat[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? [])
}

/** The process and all that descend from it. */
export function familyOf(pid: number): number[] {
  const everybody = allProcesses()
  const family = new Set([pid])
  for (let grown = true; grown;) {
    const before = family.size
    for (const one of everybody) if (family.has(one.parent)) family.add(one.pid)
    grown = family.size > before
  }
  return [...family]
}

/** Seconds of CPU that a process and all its descendants, those that ended included, have used so far. */
export function cpuSecondsOf(pids: number[]): number {
  const family = new Set(pids.flatMap(familyOf))
  let ticks = 0
  for (const pid of family) {
    const stat = statOf(pid)
    if (stat) ticks += stat.ticks + stat.childTicks
  }
  return ticks / TICKS_PER_SECOND
}

/** The postmaster of a data folder. */
export function postmasterOf(databaseFolder: string): number {
  return Number(readFileSync(`${databaseFolder}/postmaster.pid`, 'utf8').split('\n')[0])
}

/** Resident memory of one process, in MB. */
export function residentMb(pid: number): number {
  const line = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(line?.[1] ?? 0) / 1024
}
