/** The states that a thing under watch is shown in; worst first is `STATUS_ORDER`. */
export const STATUSES = [
  'UP',
  'DEGRADED',
  'DOWN',
  'UNKNOWN',
  'PAUSED',
  'MAINTENANCE',
  'PENDING',
] as const
export type Status = (typeof STATUSES)[number]

interface StatusLook {
  /** Token of its colour, without `--color-`. */
  color: string
  /** Sign in a box of 12 by 12: each state has its own outline, so colour is never alone. */
  path: string
  /** Height of its bar as a part of the whole: worse is taller. */
  barHeight: number
}

const DISC = 'M6 1.5a4.5 4.5 0 1 1 0 9a4.5 4.5 0 1 1 0-9Z'
const RING = 'M6 1a5 5 0 1 1 0 10A5 5 0 1 1 6 1Zm0 2a3 3 0 1 0 0 6a3 3 0 1 0 0-6Z'

export const statusLooks: Readonly<Record<Status, StatusLook>> = {
  UP: { color: 'up', path: DISC, barHeight: 0.7 },
  DEGRADED: { color: 'degraded', path: 'M6 .9 11.4 10.6H.6Z', barHeight: 0.86 },
  DOWN: { color: 'down', path: 'M1.3 1.3h9.4v9.4H1.3Z', barHeight: 1 },
  UNKNOWN: {
    color: 'unknown',
    path: 'M6 .4 11.6 6 6 11.6.4 6Zm0 2.9L3.3 6 6 8.7 8.7 6Z',
    barHeight: 0.36,
  },
  PAUSED: { color: 'paused', path: 'M2 1.5h3v9H2Zm5 0h3v9H7Z', barHeight: 0.36 },
  MAINTENANCE: { color: 'maintenance', path: 'M6 .4 11.6 6 6 11.6.4 6Z', barHeight: 0.5 },
  PENDING: { color: 'pending', path: RING, barHeight: 0.36 },
}
