import {
  closeSync,
  copyFileSync,
  fstatSync,
  openSync,
  readSync,
  statSync,
  truncateSync,
} from 'node:fs'
import type { Places } from './places.ts'

const BIGGEST_BYTES = 5_000_000
const TAIL_BYTES = 4_000

/** Opens the log for appending, after a look at its size. The caller closes the handle. */
export function openLog(places: Pick<Places, 'log'>): { handle: number; from: number } {
  boundLog(places)
  const handle = openSync(places.log, 'a', 0o600)
  return { handle, from: fstatSync(handle).size }
}

/** Keeps the log and one before it, each of a bounded size. The server appends, so that it may go on meanwhile. */
export function boundLog({ log }: Pick<Places, 'log'>, biggestBytes = BIGGEST_BYTES): void {
  try {
    if (statSync(log).size <= biggestBytes) return
    copyFileSync(log, `${log}.1`)
    truncateSync(log)
  } catch {
    // No log yet, or a full disk: the next look tries again.
  }
}

/** The end of what was logged since `from` bytes. */
export function logSince({ log }: Pick<Places, 'log'>, from: number): string {
  let handle: number | undefined
  try {
    handle = openSync(log, 'r')
    const start = Math.max(from, fstatSync(handle).size - TAIL_BYTES)
    const buffer = Buffer.alloc(TAIL_BYTES)
    return buffer.subarray(0, readSync(handle, buffer, 0, TAIL_BYTES, start)).toString()
  } catch {
    return ''
  } finally {
    if (handle !== undefined) closeSync(handle)
  }
}
