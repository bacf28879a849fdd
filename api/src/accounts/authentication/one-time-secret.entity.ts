import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { User } from '../users/user.entity.ts'

/** A secret that serves once and not for long: a reset link, a challenge, a state. It goes when it is used. */
@Entity('one_time_secret')
@Index('ix_one_time_secret_expiry', ['expiresAt'])
export class OneTimeSecret {
  @PrimaryColumn({ type: 'bytea', primaryKeyConstraintName: 'pk_one_time_secret' })
  hash: Buffer

  @Column({ type: 'text' })
  purpose: string

  @Column({ name: 'user_id', type: 'uuid', nullable: true })
  userId: string | null

  @Column({ type: 'jsonb', default: {} })
  data: Record<string, unknown>

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date

  @Column({ name: 'expires_at', type: 'timestamptz', precision: 3 })
  expiresAt: Date

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_one_time_secret_user' })
  user?: User
}
