import { Column, Entity, PrimaryColumn, Unique } from 'typeorm'

/** A tenant: everything else belongs to exactly one. */
@Entity('workspace')
@Unique('ux_workspace_slug', ['slug'])
export class Workspace {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pk_workspace' })
  id: string

  @Column({ type: 'text' })
  name: string

  @Column({ type: 'timestamptz', precision: 3, name: 'created_at' })
  createdAt: Date

  /** Its name in addresses. */
  @Column({ type: 'text' })
  slug: string
}
