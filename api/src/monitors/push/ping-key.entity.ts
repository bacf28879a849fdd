import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm'
import { Workspace } from '../../accounts/index.ts'

/** The key with which jobs reach every push monitor of a workspace by its slug. */
@Entity('ping_key')
@Unique('ux_ping_key_hash', ['keyHash'])
export class PingKey {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'pk_ping_key' })
  workspaceId: string

  @ManyToOne(() => Workspace)
  @JoinColumn({ name: 'workspace_id', foreignKeyConstraintName: 'fk_ping_key_workspace' })
  workspace?: Workspace

  /** SHA-256 of the key. */
  @Column({ name: 'key_hash', type: 'bytea' })
  keyHash: Buffer

  @Column({ type: 'text' })
  sealed: string

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date
}
