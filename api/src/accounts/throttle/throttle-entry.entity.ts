import { Column, Entity, PrimaryColumn } from 'typeorm'

/** How often somebody has failed of late, and from when on they may try again. */
@Entity('throttle')
export class ThrottleEntry {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'pk_throttle' })
  key: string

  @Column({ type: 'integer' })
  failures: number

  @Column({ name: 'last_at', type: 'timestamptz', precision: 3 })
  lastAt: Date

  @Column({ name: 'free_at', type: 'timestamptz', precision: 3 })
  freeAt: Date
}
