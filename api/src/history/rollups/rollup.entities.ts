import { Column, Entity, PrimaryColumn } from 'typeorm'

/** What hours and days have in common. Durations are ms and sum up to the watched part of the bucket. */
abstract class RollupColumns {
  /** Recorded checks of every status. */
  @Column('integer')
  count: number

  @Column('integer', { name: 'up_ms' })
  upMs: number

  @Column('integer', { name: 'degraded_ms' })
  degradedMs: number

  @Column('integer', { name: 'down_ms' })
  downMs: number

  @Column('integer', { name: 'maintenance_ms' })
  maintenanceMs: number

  @Column('integer', { name: 'unknown_ms' })
  unknownMs: number

  @Column('integer', { name: 'paused_ms' })
  pausedMs: number

  /** Checks that found the target up or degraded and measured it. */
  @Column('integer', { name: 'latency_count' })
  latencyCount: number

  @Column('bigint', { name: 'latency_sum_us' })
  latencySumUs: string

  @Column('integer', { name: 'latency_min_us', nullable: true })
  latencyMinUs: number | null

  @Column('integer', { name: 'latency_max_us', nullable: true })
  latencyMaxUs: number | null

  /** See `histogram.ts`. */
  @Column('integer', { array: true })
  histogram: number[]
}

@Entity('rollup_hour')
export class RollupHour extends RollupColumns {
  @PrimaryColumn('uuid', { name: 'workspace_id', primaryKeyConstraintName: 'pk_rollup_hour' })
  workspaceId: string

  @PrimaryColumn('uuid', { name: 'monitor_id', primaryKeyConstraintName: 'pk_rollup_hour' })
  monitorId: string

  @PrimaryColumn('timestamptz', { precision: 3, primaryKeyConstraintName: 'pk_rollup_hour' })
  hour: Date
}

/** A whole day (UTC); the running day has none yet. */
@Entity('rollup_day')
export class RollupDay extends RollupColumns {
  @PrimaryColumn('uuid', { name: 'workspace_id', primaryKeyConstraintName: 'pk_rollup_day' })
  workspaceId: string

  @PrimaryColumn('uuid', { name: 'monitor_id', primaryKeyConstraintName: 'pk_rollup_day' })
  monitorId: string

  @PrimaryColumn('timestamptz', { precision: 3, primaryKeyConstraintName: 'pk_rollup_day' })
  day: Date
}

/** A sealed hour of a monitor whose rollup is still to be computed, or computed again. */
@Entity('rollup_dirty')
export class RollupDirty {
  @PrimaryColumn('uuid', { name: 'workspace_id', primaryKeyConstraintName: 'pk_rollup_dirty' })
  workspaceId: string

  @PrimaryColumn('uuid', { name: 'monitor_id', primaryKeyConstraintName: 'pk_rollup_dirty' })
  monitorId: string

  @PrimaryColumn('timestamptz', { precision: 3, primaryKeyConstraintName: 'pk_rollup_dirty' })
  hour: Date
}

/** All hours of a workspace before `hour` are sealed: they have a rollup or stand in `rollup_dirty`. */
@Entity('rollup_watermark')
export class RollupWatermark {
  @PrimaryColumn('uuid', { name: 'workspace_id', primaryKeyConstraintName: 'pk_rollup_watermark' })
  workspaceId: string

  @Column({ type: 'timestamptz', precision: 3 })
  hour: Date
}
