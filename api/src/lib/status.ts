/** The verdict of one check, as stored in `heartbeat.status`. */
export const HEARTBEAT_STATUS = { UP: 1, DEGRADED: 2, DOWN: 3, UNKNOWN: 4, MAINTENANCE: 5 } as const
export type HeartbeatStatus = keyof typeof HEARTBEAT_STATUS

/** What a monitor shows, as stored in `monitor_state.status` and `state_span.status`. */
export const MONITOR_STATUS = { PENDING: 0, ...HEARTBEAT_STATUS, PAUSED: 6 } as const
export type MonitorStatus = keyof typeof MONITOR_STATUS

const HEARTBEAT_NAMES = new Map(
  Object.entries(HEARTBEAT_STATUS).map(([name, code]) => [code as number, name as HeartbeatStatus]),
)
const MONITOR_NAMES = new Map(
  Object.entries(MONITOR_STATUS).map(([name, code]) => [code as number, name as MonitorStatus]),
)

export function heartbeatStatusOf(code: number): HeartbeatStatus {
  const name = HEARTBEAT_NAMES.get(code)
  if (!name) throw new Error(`No heartbeat status has the code ${code}`)
  return name
}

export function monitorStatusOf(code: number): MonitorStatus {
  const name = MONITOR_NAMES.get(code)
  if (!name) throw new Error(`No monitor status has the code ${code}`)
  return name
}
