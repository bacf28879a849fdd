import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { Session } from '../sessions/session.entity.ts'

/** A refresh token of a program’s session. A used one stays until its session ends, so that its second use is noticed. */
@Entity('refresh_token')
@Index('ix_refresh_token_session', ['sessionId'])
export class RefreshToken {
  @PrimaryColumn({ type: 'bytea', primaryKeyConstraintName: 'pk_refresh_token' })
  hash: Buffer

  @Column({ name: 'session_id', type: 'uuid' })
  sessionId: string

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date

  @Column({ name: 'used_at', type: 'timestamptz', precision: 3, nullable: true })
  usedAt: Date | null

  @ManyToOne(() => Session, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'session_id', foreignKeyConstraintName: 'fk_refresh_token_session' })
  session?: Session
}
