import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm'
import { User } from '../users/user.entity.ts'

/** A passkey of a person. */
@Entity('passkey')
@Unique('ux_passkey_credential', ['credentialId'])
@Index('ix_passkey_user', ['userId'])
export class PasskeyEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pk_passkey' })
  id: string

  @Column({ name: 'user_id', type: 'uuid' })
  userId: string

  /** In base64url. */
  @Column({ name: 'credential_id', type: 'text' })
  credentialId: string

  @Column({ name: 'public_key', type: 'bytea' })
  publicKey: Buffer

  @Column({ type: 'bigint' })
  counter: string

  @Column({ type: 'text', array: true, default: [] })
  transports: string[]

  @Column({ type: 'text' })
  name: string

  @Column({ name: 'is_synced', type: 'boolean' })
  isSynced: boolean

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date

  @Column({ name: 'last_used_at', type: 'timestamptz', precision: 3, nullable: true })
  lastUsedAt: Date | null

  @ManyToOne(() => User, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'user_id', foreignKeyConstraintName: 'fk_passkey_user' })
  user?: User
}
