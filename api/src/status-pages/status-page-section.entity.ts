import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { StatusPageEntity } from './status-page.entity.ts'

/** A group of components on a page. */
@Entity('status_page_section')
@Index('ix_status_page_section_page', ['workspaceId', 'pageId'])
export class StatusPageSectionEntity {
  @PrimaryColumn('uuid', {
    name: 'workspace_id',
    primaryKeyConstraintName: 'pk_status_page_section',
  })
  workspaceId: string

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_status_page_section' })
  id: string

  @Column('uuid', { name: 'page_id' })
  pageId: string

  @Column('integer')
  position: number

  /** Empty: no heading. */
  @Column('text')
  name: string

  @Column('boolean', { name: 'is_collapsed', default: false })
  isCollapsed: boolean

  @ManyToOne(() => StatusPageEntity, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      name: 'workspace_id',
      referencedColumnName: 'workspaceId',
      foreignKeyConstraintName: 'fk_status_page_section_page',
    },
    {
      name: 'page_id',
      referencedColumnName: 'id',
      foreignKeyConstraintName: 'fk_status_page_section_page',
    },
  ])
  page?: StatusPageEntity
}
