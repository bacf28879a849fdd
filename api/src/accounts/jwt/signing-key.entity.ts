import { Column, Entity, PrimaryColumn } from 'typeorm'

/** A key that signs access tokens; the newest that is not retired. */
@Entity('signing_key')
export class SigningKey {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'pk_signing_key' })
  kid: string

  @Column({ name: 'public_jwk', type: 'jsonb' })
  publicJwk: Record<string, unknown>

  /** Sealed. */
  @Column({ name: 'private_key', type: 'text' })
  privateKey: string

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date

  @Column({ name: 'retired_at', type: 'timestamptz', precision: 3, nullable: true })
  retiredAt: Date | null
}
