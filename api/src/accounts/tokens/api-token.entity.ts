import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm'
import type { Role } from '../../lib/actor.ts'
import { Workspace } from '../workspace.entity.ts'

/** A key for programs. It may never do more than who made it. */
@Entity('api_token')
@Unique('ux_api_token_secret', ['secretHash'])
@Check('ck_api_token_role', "role in ('viewer', 'editor', 'admin', 'owner')")
export class ApiTokenEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'pk_api_token' })
  workspaceId: string

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pk_api_token' })
  id: string

  @Column({ type: 'text' })
  name: string

  @Column({ type: 'text' })
  prefix: string

  @Column({ name: 'secret_hash', type: 'bytea' })
  secretHash: Buffer

  @Column({ type: 'text' })
  role: Role

  /** Null: whatever its role may do. */
  @Column({ type: 'text', array: true, nullable: true })
  scopes: string[] | null

  /** Null: made by the command line. */
  @Column({ name: 'created_by', type: 'uuid', nullable: true })
  createdBy: string | null

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date

  @Column({ name: 'expires_at', type: 'timestamptz', precision: 3, nullable: true })
  expiresAt: Date | null

  @Column({ name: 'last_used_at', type: 'timestamptz', precision: 3, nullable: true })
  lastUsedAt: Date | null

  @ManyToOne(() => Workspace)
  @JoinColumn({ name: 'workspace_id', foreignKeyConstraintName: 'fk_api_token_workspace' })
  workspace?: Workspace
}
