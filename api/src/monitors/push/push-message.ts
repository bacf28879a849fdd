import { AppError } from '../../lib/app-error.ts'
import { plainText } from '../plain-text.ts'

/** The query of a push in Uptime Kuma's format, as it came. */
export interface PushQuery {
  status?: string | null
  msg?: string | null
  ping?: string | null
}

export interface PushMessage {
  isUp: boolean
  message: string
  latencyUs: number | null
}

const LONGEST_MESSAGE = 1_000
const HIGHEST_PING_MS = 1e11
const HIGHEST_LATENCY_US = 2 ** 31 - 1
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/**
 * Reads a push: `up` is up and every other status is down; `ping` is ms from 0 to 1e11, or empty.
 * Throws INVALID when the ping is neither.
 */
export function readPush({ status, msg, ping }: PushQuery): PushMessage {
  return {
    isUp: (status || 'up') === 'up',
    message: plainText(msg || 'OK').slice(0, LONGEST_MESSAGE),
    latencyUs: readPing(ping?.trim() ?? ''),
  }
}

function readPing(ping: string): number | null {
  if (!ping) return null
  const ms = NUMBER.test(ping) ? Number(ping) : NaN
  if (!(ms >= 0 && ms <= HIGHEST_PING_MS))
    throw new AppError('INVALID', 'Ping must be a number of milliseconds between 0 and 1e11.')
  return Math.min(Math.round(ms * 1000), HIGHEST_LATENCY_US)
}
