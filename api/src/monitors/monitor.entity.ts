import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ID, Int, ObjectType } from 'type-graphql'
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm'
import { Workspace } from '../accounts/index.ts'

/** A service that is watched, and how. What is known of it is in `MonitorState`. */
@ObjectType({
  description: 'A service that is watched, how it is watched, and what is known of it.',
})
@Entity('monitor')
@Index('ux_monitor_push_token', ['pushTokenHash'], {
  unique: true,
  where: 'push_token_hash is not null',
})
@Index('ux_monitor_ping_id', ['pingIdHash'], {
  unique: true,
  where: 'ping_id_hash is not null',
})
@Index('ix_monitor_ping_slug', ['workspaceId', 'pingSlug'], { where: 'ping_slug is not null' })
@Index('ix_monitor_name', ['workspaceId', 'name', 'id'])
export class Monitor {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'pk_monitor' })
  workspaceId: string

  @Field(() => ID, { description: 'Opaque; sorts by time of creation.' })
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'pk_monitor' })
  id: string

  @ManyToOne(() => Workspace)
  @JoinColumn({ name: 'workspace_id', foreignKeyConstraintName: 'fk_monitor_workspace' })
  workspace?: Workspace

  @Field(() => String, { description: 'What people call it.' })
  @Column({ type: 'text' })
  name: string

  @Field(() => String, { description: 'The kind of check, one of `monitorKinds`.' })
  @Column({ type: 'text' })
  kind: string

  @Field(() => String, { description: 'The address that is checked, for people; searchable.' })
  @Column({ type: 'text' })
  target: string

  /** Validated by the kind; without secrets. */
  @Column({ type: 'jsonb' })
  settings: Record<string, unknown>

  /** Sealed one by one; the push token of a push monitor is among them. */
  @Column({ type: 'jsonb', default: {} })
  secrets: Record<string, string>

  @Field(() => [String], { description: 'Conditions on the answer; all must hold.' })
  @Column({ type: 'text', array: true, default: {} })
  conditions: string[]

  @Field(() => Int, { description: 'Seconds from one check to the next.' })
  @Column({ name: 'interval_seconds', type: 'integer' })
  intervalSeconds: number

  @Field(() => Int, { description: 'How long one check may take, in milliseconds.' })
  @Column({ name: 'timeout_ms', type: 'integer' })
  timeoutMs: number

  @Field(() => Int, {
    description:
      'Seconds to the next check while a change of status is suspected, if sooner than usual.',
  })
  @Column({ name: 'retry_interval_seconds', type: 'integer' })
  retryIntervalSeconds: number

  @Field(() => Int, { description: 'How many bad results in a row confirm a worse status.' })
  @Column({ name: 'fail_after', type: 'integer' })
  failAfter: number

  @Field(() => Int, {
    description: 'How many seconds bad results must last to be believed as well.',
  })
  @Column({ name: 'fail_for_seconds', type: 'integer' })
  failForSeconds: number

  @Field(() => Int, { description: 'How many good results in a row confirm a better status.' })
  @Column({ name: 'recover_after', type: 'integer' })
  recoverAfter: number

  @Field(() => Int, {
    description: 'How many seconds good results must last to be believed as well.',
  })
  @Column({ name: 'recover_for_seconds', type: 'integer' })
  recoverForSeconds: number

  @Field(() => Boolean, { description: 'Whether checking is switched off by a person.' })
  @Column({ name: 'is_paused', type: 'boolean', default: false })
  isPaused: boolean

  /** SHA-256 of the token in a push monitor's address. */
  @Column({ name: 'push_token_hash', type: 'bytea', nullable: true })
  pushTokenHash: Buffer | null

  /** SHA-256 of the UUID in a push monitor's ping address. */
  @Column({ name: 'ping_id_hash', type: 'bytea', nullable: true })
  pingIdHash: Buffer | null

  @Field(() => String, {
    nullable: true,
    description: 'The name of a push monitor in addresses with a ping key. Null for other kinds.',
  })
  @Column({ name: 'ping_slug', type: 'text', nullable: true })
  pingSlug: string | null

  @Field(() => Int, { description: 'Rises by one with every edit; give it as `expectedVersion`.' })
  @Column({ type: 'integer', default: 1 })
  version: number

  @Field(() => GraphQLDateTime, { description: 'When the monitor was created.' })
  @Column({ name: 'created_at', type: 'timestamptz', precision: 3 })
  createdAt: Date

  @Field(() => GraphQLDateTime, { description: 'When a person last changed it.' })
  @Column({ name: 'updated_at', type: 'timestamptz', precision: 3 })
  updatedAt: Date

  @Column({ name: 'deleted_at', type: 'timestamptz', precision: 3, nullable: true })
  deletedAt: Date | null
}
