import { Column, Entity, PrimaryColumn } from 'typeorm'

/** A tenant: everything else belongs to exactly one. */
@Entity('workspace')
export class Workspace {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pk_workspace' })
  id: string

  @Column({ type: 'text' })
  name: string

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at' })
  createdAt: Date
}
