import { Column, Entity, PrimaryColumn, Unique } from 'typeorm'

/** A person. People belong to no workspace; memberships say where they may do what. */
@Entity('app_user')
@Unique('ux_app_user_email', ['emailKey'])
export class User {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pk_app_user' })
  id: string

  /** As it was typed. */
  @Column({ type: 'text' })
  email: string

  /** Trimmed and in lower case: the one that must be unique. */
  @Column({ name: 'email_key', type: 'text' })
  emailKey: string

  @Column({ type: 'text' })
  name: string

  @Column({ name: 'email_verified_at', type: 'timestamptz', precision: 3, nullable: true })
  emailVerifiedAt: Date | null

  /** argon2id; null: signs in otherwise. */
  @Column({ name: 'password_hash', type: 'text', nullable: true })
  passwordHash: string | null

  @Column({ type: 'text', nullable: true })
  locale: string | null

  @Column({ name: 'time_zone', type: 'text', nullable: true })
  timeZone: string | null

  @Column({ type: 'text', default: 'system' })
  theme: string

  /** Sealed. It counts once it is confirmed. */
  @Column({ name: 'totp_secret', type: 'text', nullable: true })
  totpSecret: string | null

  @Column({ name: 'totp_confirmed_at', type: 'timestamptz', precision: 3, nullable: true })
  totpConfirmedAt: Date | null

  /** The last step whose code was used: a code serves once. */
  @Column({ name: 'totp_last_step', type: 'bigint', nullable: true })
  totpLastStep: string | null

  @Column({ name: 'last_workspace_id', type: 'uuid', nullable: true })
  lastWorkspaceId: string | null

  @Column({ name: 'suspended_at', type: 'timestamptz', precision: 3, nullable: true })
  suspendedAt: Date | null

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date

  @Column({ name: 'updated_at', type: 'timestamptz', precision: 3 })
  updatedAt: Date
}
