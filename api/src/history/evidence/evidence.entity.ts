import { Column, Entity, PrimaryColumn } from 'typeorm'
import type { EvidenceBody } from '../../checks/index.ts'

/** What a failed check saw, partitioned by the day of its slot. */
@Entity('evidence')
export class EvidenceEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id', primaryKeyConstraintName: 'pk_evidence' })
  workspaceId: string

  @PrimaryColumn('uuid', { name: 'monitor_id', primaryKeyConstraintName: 'pk_evidence' })
  monitorId: string

  @PrimaryColumn('timestamptz', { primaryKeyConstraintName: 'pk_evidence' })
  slot: Date

  @Column('jsonb')
  body: EvidenceBody
}
