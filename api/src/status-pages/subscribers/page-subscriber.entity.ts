import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm'
import { StatusPageEntity } from '../status-page.entity.ts'

/** Somebody who wants to hear of a page’s outages by e-mail. */
@Entity('page_subscriber')
@Unique('ux_page_subscriber_id', ['id'])
@Unique('ux_page_subscriber_email', ['workspaceId', 'pageId', 'emailKey'])
export class PageSubscriberEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id', primaryKeyConstraintName: 'pk_page_subscriber' })
  workspaceId: string

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_page_subscriber' })
  id: string

  @Column('uuid', { name: 'page_id' })
  pageId: string

  @Column('text')
  email: string

  /** What is unique of it on a page. */
  @Column('text', { name: 'email_key' })
  emailKey: string

  /** When they last asked; an answer to the letter counts for two days. */
  @Column({ type: 'timestamptz', name: 'requested_at', precision: 3 })
  requestedAt: Date

  /** null: the letter was not answered yet, and nothing is sent. */
  @Column({ type: 'timestamptz', name: 'confirmed_at', precision: 3, nullable: true })
  confirmedAt: Date | null

  @ManyToOne(() => StatusPageEntity, { onDelete: 'CASCADE' })
  @JoinColumn([
    {
      ...{ name: 'workspace_id', referencedColumnName: 'workspaceId' },
      foreignKeyConstraintName: 'fk_page_subscriber_page',
    },
    {
      ...{ name: 'page_id', referencedColumnName: 'id' },
      foreignKeyConstraintName: 'fk_page_subscriber_page',
    },
  ])
  page?: StatusPageEntity
}
