import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import type { Role } from '../../lib/actor.ts'
import { Workspace } from '../workspace.entity.ts'
import { User } from '../users/user.entity.ts'

/** What a person may do in a workspace. */
@Entity('membership')
@Index('ix_membership_user', ['userId'])
@Check('ck_membership_role', "role in ('viewer', 'editor', 'admin', 'owner')")
export class Membership {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'pk_membership' })
  workspaceId: string

  @PrimaryColumn({ name: 'user_id', type: 'uuid', primaryKeyConstraintName: 'pk_membership' })
  userId: string

  @Column({ type: 'text' })
  role: Role

  @Column({ name: 'suspended_at', type: 'timestamptz', precision: 3, nullable: true })
  suspendedAt: Date | null

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date

  @ManyToOne(() => Workspace)
  @JoinColumn({ name: 'workspace_id', foreignKeyConstraintName: 'fk_membership_workspace' })
  workspace?: Workspace

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_membership_user' })
  user?: User
}
