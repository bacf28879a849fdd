import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm'
import { User } from '../users/user.entity.ts'

/** A place where a person is signed in. It lives as long as its row. */
@Entity('session')
@Unique('ux_session_secret', ['secretHash'])
@Index('ix_session_user', ['userId'])
export class Session {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pk_session' })
  id: string

  @Column({ name: 'user_id', type: 'uuid' })
  userId: string

  /** `browser` or `program`. */
  @Column({ type: 'text' })
  kind: string

  /** SHA-256 of the cookie; null for programs, which hold refresh tokens. */
  @Column({ name: 'secret_hash', type: 'bytea', nullable: true })
  secretHash: Buffer | null

  @Column({ name: 'user_agent', type: 'text' })
  userAgent: string

  @Column({ name: 'ip_address', type: 'text' })
  ipAddress: string

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date

  @Column({ name: 'last_seen_at', type: 'timestamptz', precision: 3 })
  lastSeenAt: Date

  @Column({ name: 'expires_at', type: 'timestamptz', precision: 3 })
  expiresAt: Date

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_session_user' })
  user?: User
}
