export { Evidence, ConditionResult, HeaderValue } from './evidence/evidence.object.ts'
export type { EvidenceFacts } from './evidence/evidence-facts.ts'
export { type EvidenceRow, saveEvidence } from './evidence/evidence-writer.ts'
export { EvidenceEntity } from './evidence/evidence.entity.ts'
export { HeartbeatEntity } from './heartbeats/heartbeat.entity.ts'
export {
  Heartbeat,
  HeartbeatConnection,
  HeartbeatEdge,
  Timings,
} from './heartbeats/heartbeat.object.ts'
export { type BeatRow, insertHeartbeats } from './heartbeats/heartbeat-writer.ts'
export { LatencyPoint, LatencySeries, SeriesSource } from './latency/latency-series.object.ts'
export { PageInfo } from './page-info.object.ts'
export { RollupDay, RollupDirty, RollupHour, RollupWatermark } from './rollups/rollup.entities.ts'
export { type Beat, type Rollup, rollUpHour } from './rollups/roll-up.ts'
export { type Change, changeSpans, type Span } from './spans/span.ts'
export { applySpanChanges, markDirty, type SpanChange } from './spans/span-writer.ts'
export { StateSpan } from './spans/state-span.object.ts'
export { StateSpanEntity } from './spans/state-span.entity.ts'
export { HeartbeatStatusEnum, MonitorStatusEnum } from './status.enums.ts'
export { UptimeWindow, WINDOW_MS } from './time-windows.ts'
export { Uptime } from './uptime/uptime.object.ts'
