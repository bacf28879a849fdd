import { Column, Entity, PrimaryColumn } from 'typeorm'

/** One recorded check, partitioned by the day of its slot. Rows are written and read in sets, by SQL. */
@Entity('heartbeat')
export class HeartbeatEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id', primaryKeyConstraintName: 'pk_heartbeat' })
  workspaceId: string

  @PrimaryColumn('uuid', { name: 'monitor_id', primaryKeyConstraintName: 'pk_heartbeat' })
  monitorId: string

  /** Precise to the microsecond, which a Date is not: queries read it as µs since 1970. */
  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'pk_heartbeat' })
  slot: Date

  @PrimaryColumn('smallint', {
    name: 'region_id',
    default: 0,
    primaryKeyConstraintName: 'pk_heartbeat',
  })
  regionId: number

  /** Code of HEARTBEAT_STATUS. */
  @Column('smallint')
  status: number

  @Column('integer', { name: 'latency_us', nullable: true })
  latencyUs: number | null

  @Column('integer', { name: 'status_code', nullable: true })
  statusCode: number | null

  /** µs: dns, connect, tls, first byte, download, total. */
  @Column('integer', { array: true, nullable: true })
  timings: (number | null)[] | null

  @Column('text', { nullable: true })
  message: string | null
}
