import type { MonitorSeriesQuery, UptimeWindow } from '../../generated/operations.ts'

export type Series = MonitorSeriesQuery['monitor']['latencySeries']
export type LatencyPoint = Series['points'][number]

/** The windows of the chart as they stand in the address, and their length. The first is the default. */
export const WINDOWS = {
  '24h': { window: 'DAY', ms: 86_400_000 },
  '1h': { window: 'HOUR', ms: 3_600_000 },
  '7d': { window: 'WEEK', ms: 7 * 86_400_000 },
  '30d': { window: 'MONTH', ms: 30 * 86_400_000 },
  '90d': { window: 'QUARTER', ms: 90 * 86_400_000 },
} as const satisfies Record<string, { window: UptimeWindow; ms: number }>
export type Range = keyof typeof WINDOWS

/** As they stand side by side. */
export const RANGES = ['1h', '24h', '7d', '30d', '90d'] as const satisfies readonly Range[]
