import { Check, Column, Entity, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm'
import { type ThemeName, Workspace } from '../accounts/index.ts'
import type { PageVisibility } from './page-visibility.ts'

/** A page that tells visitors how services are doing. */
@Entity('status_page')
@Unique('ux_status_page_public_id', ['publicId'])
@Unique('ux_status_page_slug', ['slug'])
@Unique('ux_status_page_domain', ['domain'])
@Check('ck_status_page_visibility', "visibility in ('public', 'unlisted', 'password', 'members')")
export class StatusPageEntity {
  @PrimaryColumn('uuid', { name: 'workspace_id', primaryKeyConstraintName: 'pk_status_page' })
  workspaceId: string

  @PrimaryColumn('uuid', { primaryKeyConstraintName: 'pk_status_page' })
  id: string

  /** 12 random lower-case letters and digits: how programs of other systems know the page. */
  @Column('text', { name: 'public_id' })
  publicId: string

  @Column('text')
  slug: string

  @Column('text')
  title: string

  /** Markdown. */
  @Column('text', { default: '' })
  description: string

  @Column({ type: 'bytea', nullable: true })
  logo: Buffer | null

  @Column({ type: 'text', name: 'logo_type', nullable: true })
  logoType: string | null

  @Column('text', { name: 'accent_color' })
  accentColor: string

  @Column('text')
  theme: ThemeName

  @Column('text')
  visibility: PageVisibility

  @Column({ type: 'text', name: 'password_hash', nullable: true })
  passwordHash: string | null

  /** Rises with the password: what was unlocked by an earlier one is locked again. */
  @Column('integer', { name: 'password_version', default: 0 })
  passwordVersion: number

  @Column({ type: 'text', nullable: true })
  domain: string | null

  @Column('text', { name: 'time_zone' })
  timeZone: string

  /** null: the visitor's language. */
  @Column({ type: 'text', nullable: true })
  locale: string | null

  @Column('integer', { default: 1 })
  version: number

  @Column({ type: 'timestamptz', name: 'created_at', precision: 3 })
  createdAt: Date

  @Column({ type: 'timestamptz', name: 'updated_at', precision: 3 })
  updatedAt: Date

  @ManyToOne(() => Workspace)
  @JoinColumn({ name: 'workspace_id', foreignKeyConstraintName: 'fk_status_page_workspace' })
  workspace?: Workspace
}
