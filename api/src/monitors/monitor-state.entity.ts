import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import type { CertificateFacts } from '../checks/index.ts'
import { Monitor } from './monitor.entity.ts'
import type { JobState } from './push/job-state.ts'
import type { MachineState } from './state/machine.ts'

/** The hot row of a monitor: what is known of it now. Written by the recorder and the service only. */
@Entity('monitor_state')
@Index('ix_monitor_state_owner', ['ownerEpoch'])
export class MonitorState {
  @PrimaryColumn({
    name: 'workspace_id',
    type: 'uuid',
    primaryKeyConstraintName: 'pk_monitor_state',
  })
  workspaceId: string

  @PrimaryColumn({ name: 'monitor_id', type: 'uuid', primaryKeyConstraintName: 'pk_monitor_state' })
  monitorId: string

  @ManyToOne(() => Monitor, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'workspace_id',
      referencedColumnName: 'workspaceId',
      foreignKeyConstraintName: 'fk_monitor_state_monitor',
    },
    {
      name: 'monitor_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'fk_monitor_state_monitor',
    },
  ])
  monitor?: Monitor

  /** Code of MONITOR_STATUS: what is shown. */
  @Column({ type: 'smallint' })
  status: number

  @Column({ name: 'status_since', type: 'timestamptz', precision: 3 })
  statusSince: Date

  @Column({ type: 'text', nullable: true })
  reason: string | null

  @Column({ type: 'jsonb' })
  machine: MachineState

  /** Of a push monitor: its counter, and which runs are under way. */
  @Column({ type: 'jsonb', nullable: true })
  job: JobState | null

  /** When the last recorded beat was due (an active check) or came (a push), in µs precision. */
  @Column({ name: 'last_slot', type: 'timestamptz', nullable: true })
  lastSlot: Date | null

  @Column({ name: 'last_status', type: 'smallint', nullable: true })
  lastStatus: number | null

  @Column({ name: 'last_latency_us', type: 'integer', nullable: true })
  lastLatencyUs: number | null

  @Column({ name: 'last_status_code', type: 'integer', nullable: true })
  lastStatusCode: number | null

  @Column({ name: 'last_message', type: 'text', nullable: true })
  lastMessage: string | null

  @Column({ name: 'last_timings', type: 'integer', array: true, nullable: true })
  lastTimings: (number | null)[] | null

  /** The last fifty beats; see `state/ring.ts`. */
  @Column({ type: 'bytea', default: () => String.raw`'\x'` })
  recent: Buffer

  @Column({ type: 'jsonb', nullable: true })
  certificate: CertificateFacts | null

  @Column({ name: 'next_due_at', type: 'timestamptz', precision: 3, nullable: true })
  nextDueAt: Date | null

  /** The worker that checks it; null: nobody yet. */
  @Column({ name: 'owner_epoch', type: 'integer', nullable: true })
  ownerEpoch: number | null
}
