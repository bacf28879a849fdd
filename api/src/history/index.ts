export { ConditionResult, Evidence, HeaderValue } from './evidence/evidence.object.ts'
export { EvidenceEntity } from './evidence/evidence.entity.ts'
export { type EvidenceRow, saveEvidence } from './evidence/evidence-writer.ts'
export {
  type EvidenceKey,
  evidenceLoader,
  evidenceOf,
  lastEvidenceLoader,
} from './evidence/evidence.loaders.ts'
export { HeartbeatEntity } from './heartbeats/heartbeat.entity.ts'
export {
  Heartbeat,
  HeartbeatConnection,
  HeartbeatEdge,
  Timings,
} from './heartbeats/heartbeat.object.ts'
export { heartbeatOf, timingsOf } from './heartbeats/heartbeat-reader.ts'
export { HeartbeatResolver } from './heartbeats/heartbeat.resolver.ts'
export { type HeartbeatQuery, listHeartbeats } from './heartbeats/heartbeat.service.ts'
export { type BeatRow, insertHeartbeats } from './heartbeats/heartbeat-writer.ts'
export { PageInfo } from '../lib/page-info.object.ts'
export { isMissingPartition } from './partitions/missing-partition.ts'
export {
  createPartition,
  DAILY_TABLES,
  type DailyTable,
  listPartitions,
} from './partitions/partitions.ts'
export { PartitionKeeper } from './partitions/partition-keeper.ts'
export { RetentionJob } from './partitions/retention-job.ts'
export { RollupDay, RollupDirty, RollupHour, RollupWatermark } from './rollups/rollup.entities.ts'
export { findRollupDifferences, type RollupDifference } from './rollups/rollup-check.ts'
export { RollupJob } from './rollups/rollup-job.ts'
export { type Beat, type Rollup, rollUpHour } from './rollups/roll-up.ts'
export { LatencyPoint, LatencySeries, SeriesSource } from './series/latency-series.object.ts'
export { readSeries } from './series/series-reader.ts'
export { latencySeriesLoader } from './series/series.service.ts'
export { type Change, changeSpans, type Span } from './spans/span.ts'
export { readSpansSince } from './spans/span-reader.ts'
export { applySpanChanges, markDirty, type SpanChange } from './spans/span-writer.ts'
export { StateSpan } from './spans/state-span.object.ts'
export { StateSpanEntity } from './spans/state-span.entity.ts'
export { type StateSpanKey, stateSpanLoader } from './spans/state-span.loaders.ts'
export { HeartbeatStatusEnum, MonitorStatusEnum } from './status.enums.ts'
export { UptimeWindow, WINDOW_MS } from './time-windows.ts'
export type { Coverage } from './uptime/uptime-reader.ts'
export { Uptime } from './uptime/uptime.object.ts'
export { readUptimes, type UptimeKey, uptimeLoader } from './uptime/uptime.service.ts'
export { generateHistory } from './generator/generate-history.ts'
export type { HistoryToInvent, MonitorToInvent } from './generator/invention.ts'
export type { Character } from './generator/episodes.ts'
