import { Column, Entity, PrimaryColumn } from 'typeorm'

/** That this server was set up: at most one row. */
@Entity('instance')
export class Instance {
  @PrimaryColumn({ type: 'smallint', primaryKeyConstraintName: 'pk_instance' })
  id: number

  @Column({ name: 'set_up_at', type: 'timestamptz', precision: 3 })
  setUpAt: Date
}
