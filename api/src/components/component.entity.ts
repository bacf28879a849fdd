import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm'
import type { ComponentStatus } from './component-status.ts'

/** A part of a service as visitors of a status page know it. It belongs to one page. */
@Entity('component')
@Unique('ux_component_id', ['id'])
@Index('ix_component_page', ['workspaceId', 'pageId'])
export class ComponentEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id', primaryKeyConstraintName: 'pk_component' })
  workspaceId: string

  /** Public: 12 random lower-case letters and digits. */
  @PrimaryColumn('text', { primaryKeyConstraintName: 'pk_component' })
  id: string

  @Column('uuid', { name: 'page_id' })
  pageId: string

  @Column('uuid', { name: 'section_id' })
  sectionId: string

  @Column('integer')
  position: number

  @Column('text')
  name: string

  @Column('text', { default: '' })
  description: string

  /** Set by hand; null: what the monitors say. */
  @Column({ type: 'text', name: 'manual_status', nullable: true })
  manualStatus: ComponentStatus | null

  @Column('boolean', { name: 'show_bars', default: true })
  showBars: boolean

  @Column('boolean', { name: 'show_chart', default: false })
  showChart: boolean

  @Column('boolean', { name: 'show_uptime', default: true })
  showUptime: boolean

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 })
  updatedAt: Date

  /** By its name: sections belong to the room above. */
  @ManyToOne('StatusPageSectionEntity', { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'workspace_id',
      referencedColumnName: 'workspaceId',
      foreignKeyConstraintName: 'fk_component_section',
    },
    {
      name: 'section_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'fk_component_section',
    },
  ])
  section?: object
}
