import { Column, Entity, PrimaryColumn } from 'typeorm'

/** Who did what. Rows are added and never changed. */
@Entity('audit_entry')
export class AuditEntryEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'pk_audit_entry' })
  workspaceId: string

  /** Sorts by time. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pk_audit_entry' })
  id: string

  @Column({ type: 'timestamptz', precision: 3 })
  at: Date

  @Column({ type: 'text' })
  action: string

  /** `person`, `api_token` or `system`. */
  @Column({ name: 'actor_kind', type: 'text' })
  actorKind: string

  @Column({ name: 'actor_id', type: 'uuid', nullable: true })
  actorId: string | null

  @Column({ name: 'actor_name', type: 'text' })
  actorName: string

  @Column({ name: 'target_type', type: 'text' })
  targetType: string

  @Column({ name: 'target_id', type: 'text', nullable: true })
  targetId: string | null

  @Column({ name: 'target_name', type: 'text', nullable: true })
  targetName: string | null

  @Column({ name: 'ip_address', type: 'text', nullable: true })
  ipAddress: string | null

  @Column({ type: 'jsonb', nullable: true })
  before: Record<string, unknown> | null

  @Column({ type: 'jsonb', nullable: true })
  after: Record<string, unknown> | null
}
