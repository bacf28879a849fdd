import { Column, Entity, PrimaryColumn } from 'typeorm'

/** The answer given to a creating call, so that the same call again gets it instead of a second object. */
@Entity('idempotency_key')
export class IdempotencyKey {
  @PrimaryColumn({
    name: 'workspace_id',
    type: 'uuid',
    primaryKeyConstraintName: 'pk_idempotency_key',
  })
  workspaceId: string

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'pk_idempotency_key' })
  operation: string

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'pk_idempotency_key' })
  key: string

  /** Sixteen bytes of salt, then HMAC-SHA256 of the input: it may hold secrets. */
  @Column({ name: 'input_hash', type: 'bytea' })
  inputHash: Buffer

  @Column({ name: 'object_id', type: 'uuid' })
  objectId: string

  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date
}
