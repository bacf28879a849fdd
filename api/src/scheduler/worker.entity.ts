import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm'

/** One life of a scheduler. Its epoch fences: results of an earlier owner are refused. */
@Entity('worker')
export class Worker {
  @PrimaryGeneratedColumn('identity', {
    type: 'integer',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_worker',
  })
  epoch: number

  @Column({ name: 'started_at', type: 'timestamptz', precision: 3 })
  startedAt: Date
}
