import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm'
import type { Role } from '../../lib/actor.ts'
import { Workspace } from '../workspace.entity.ts'

/** An open invitation. It goes when it is accepted or taken back. */
@Entity('invitation')
@Unique('ux_invitation_secret', ['secretHash'])
@Check('ck_invitation_role', "role in ('viewer', 'editor', 'admin', 'owner')")
export class InvitationEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'pk_invitation' })
  workspaceId: string

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pk_invitation' })
  id: string

  @Column({ name: 'secret_hash', type: 'bytea' })
  secretHash: Buffer

  @Column({ type: 'text', nullable: true })
  email: string | null

  @Column({ type: 'text' })
  role: Role

  @Column({ name: 'invited_by', type: 'uuid', nullable: true })
  invitedBy: string | null

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date

  @Column({ name: 'expires_at', type: 'timestamptz', precision: 3 })
  expiresAt: Date

  @ManyToOne(() => Workspace)
  @JoinColumn({ name: 'workspace_id', foreignKeyConstraintName: 'fk_invitation_workspace' })
  workspace?: Workspace
}
