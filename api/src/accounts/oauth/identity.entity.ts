import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm'
import { User } from '../users/user.entity.ts'

/** An account at another provider that signs a person in. Its key is what the provider calls it, never an e-mail. */
@Entity('identity')
@Unique('ux_identity_subject', ['provider', 'subject'])
@Index('ix_identity_user', ['userId'])
export class IdentityEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pk_identity' })
  id: string

  @Column({ type: 'text' })
  provider: string

  @Column({ type: 'text' })
  subject: string

  @Column({ name: 'user_id', type: 'uuid' })
  userId: string

  @Column({ type: 'text', nullable: true })
  email: string | null

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date

  @Column({ name: 'last_used_at', type: 'timestamptz', precision: 3 })
  lastUsedAt: Date

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_identity_user' })
  user?: User
}
