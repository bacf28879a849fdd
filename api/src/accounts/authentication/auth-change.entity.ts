import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm'

/** Somebody’s rights have changed: every process forgets what it knew and looks again. */
@Entity('auth_change')
@Index('ix_auth_change_at', ['at'])
export class AuthChangeEntity {
  @PrimaryGeneratedColumn('identity', {
    type: 'bigint',
    generatedIdentity: 'BY DEFAULT',
    primaryKeyConstraintName: 'pk_auth_change',
  })
  id: string

  @Column({ name: 'workspace_id', type: 'uuid', nullable: true })
  workspaceId: string | null

  @Column({ type: 'timestamptz', precision: 3, default: () => 'clock_timestamp()' })
  at: Date

  @Column({ name: 'user_id', type: 'uuid', nullable: true })
  userId: string | null

  @Column({ name: 'credential_id', type: 'uuid', nullable: true })
  credentialId: string | null
}
