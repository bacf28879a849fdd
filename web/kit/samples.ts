import type { Beat, Status } from '../src/ui/index.ts'

const MINUTE_MS = 60_000
/** A fixed moment: pictures of this page are alike. */
export const NOW_MS = Date.UTC(2025, 10, 23, 12, 3, 20)

/** Numbers that look random and are the same each time. */
function noise(seed: number): number {
  const x = Math.sin(seed * 12.9898) * 43758.5453
  return x - Math.floor(x)
}

export interface SampleMonitor {
  id: string
  name: string
  target: string
  status: Status
  latencyMs: number | null
  ratio: number
  beats: Beat[]
}

const ROWS: [name: string, target: string, status: Status, latencyMs: number | null][] = [
  ['Search cluster', 'HTTP · https://search.acme.io', 'DOWN', null],
  ['Checkout', 'HTTP · https://shop.acme.io/checkout', 'DEGRADED', 276],
  ['API gateway', 'HTTP · https://api.acme.io/health', 'UP', 20],
  ['Marketing site', 'HTTP · https://acme.io', 'UP', 286],
  ['Postgres primary', 'TCP · db-1.internal:5432', 'UP', 3.17],
  ['CDN edge', 'DNS · acme.io A', 'UP', 22],
  ['Billing job', 'Push · every 1 h', 'PENDING', null],
  ['Warehouse sync', 'Push · every 5 min', 'UNKNOWN', null],
  ['Webhooks', 'HTTP · https://hooks.acme.io/a/rather/long/path/that/is/cut', 'MAINTENANCE', 68],
  ['Docs', 'HTTP · https://docs.acme.io', 'PAUSED', null],
]

export const MONITORS: SampleMonitor[] = ROWS.map(([name, target, status, latencyMs], row) => ({
  id: `m${row}`,
  name,
  target,
  status,
  latencyMs,
  ratio: row === 2 ? 1 : 0.98 + noise(row) * 0.0199,
  beats: Array.from({ length: status === 'PENDING' ? 0 : 30 }, (_, at) => ({
    status: beatStatus(status, at, row),
    at: NOW_MS - (30 - at) * MINUTE_MS,
    latencyMs: 20 + noise(at + row) * 200,
  })),
}))

function beatStatus(status: Status, at: number, row: number): Status {
  if (status === 'PAUSED' || status === 'UNKNOWN') return at > 12 ? status : 'UP'
  if (status === 'MAINTENANCE') return at > 24 ? 'MAINTENANCE' : 'UP'
  if (status === 'DOWN') return at > 25 ? 'DOWN' : 'UP'
  return noise(at * 7 + row) > 0.95 ? 'DEGRADED' : 'UP'
}

export const TIMES_MS = Array.from({ length: 288 }, (_, at) => NOW_MS - (288 - at) * 5 * MINUTE_MS)
export const LATENCIES = TIMES_MS.map((_, at) => {
  if (at > 118 && at < 130) return null
  const hill = at > 200 && at < 232 ? 260 * Math.sin(((at - 200) / 32) * Math.PI) : 0
  return 110 + at * 0.3 + noise(at) * 40 + hill
})
export const OUTAGE = { fromMs: TIMES_MS[118] ?? 0, toMs: TIMES_MS[130] ?? 0, color: 'down' }
