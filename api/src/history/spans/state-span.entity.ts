import { Column, Entity, Index, PrimaryColumn } from 'typeorm'

/** A stretch of time with one confirmed status. A monitor's spans have no gaps; the last one is open. */
@Entity('state_span')
@Index('ux_state_span_open', ['workspaceId', 'monitorId'], { unique: true, where: 'to_at IS NULL' })
export class StateSpanEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id', primaryKeyConstraintName: 'pk_state_span' })
  workspaceId: string

  @PrimaryColumn('uuid', { name: 'monitor_id', primaryKeyConstraintName: 'pk_state_span' })
  monitorId: string

  @PrimaryColumn('timestamptz', {
    name: 'from_at',
    precision: 3,
    primaryKeyConstraintName: 'pk_state_span',
  })
  fromAt: Date

  /** null while it lasts. */
  @Column({ type: 'timestamptz', name: 'to_at', precision: 3, nullable: true })
  toAt: Date | null

  /** Code of MONITOR_STATUS. */
  @Column('smallint')
  status: number

  @Column('text', { nullable: true })
  reason: string | null
}
