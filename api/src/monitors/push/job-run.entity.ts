import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { Monitor } from '../monitor.entity.ts'

const PRIMARY = 'pk_job_run'
const FOREIGN = 'fk_job_run_monitor'

/** One run of a job, or one message of it. The last hundred of a monitor lie in a ring of places. */
@Entity('job_run')
export class JobRunEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: PRIMARY })
  workspaceId: string

  @PrimaryColumn({ name: 'monitor_id', type: 'uuid', primaryKeyConstraintName: PRIMARY })
  monitorId: string

  @PrimaryColumn({ type: 'smallint', primaryKeyConstraintName: PRIMARY })
  place: number

  @ManyToOne(() => Monitor, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'workspace_id',
      referencedColumnName: 'workspaceId',
      foreignKeyConstraintName: FOREIGN,
    },
    { name: 'monitor_id', referencedColumnName: 'id', foreignKeyConstraintName: FOREIGN },
  ])
  monitor?: Monitor

  /** Rises with every ping: the order of the list. */
  @Column({ type: 'bigint' })
  seq: string

  @Column({ type: 'uuid' })
  id: string

  @Column({ type: 'text' })
  kind: string

  /** What pairs a start with its finish. */
  @Column({ type: 'uuid', nullable: true })
  rid: string | null

  @Column({ type: 'timestamptz' })
  at: Date

  @Column({ name: 'started_at', type: 'timestamptz', nullable: true })
  startedAt: Date | null

  @Column({ name: 'finished_at', type: 'timestamptz', nullable: true })
  finishedAt: Date | null

  @Column({ name: 'duration_ms', type: 'bigint', nullable: true })
  durationMs: string | null

  @Column({ name: 'exit_status', type: 'smallint', nullable: true })
  exitStatus: number | null

  @Column({ type: 'text', nullable: true })
  message: string | null

  @Column({ type: 'bytea', nullable: true })
  body: Buffer | null
}
