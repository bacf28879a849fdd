import { GraphQLJSON } from 'graphql-scalars'
import { Field, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql'
import { PageInfo } from '../../lib/page-info.object.ts'
import type { AuditSelection } from './audit-filter.ts'

export const AuditActorKind = {
  PERSON: 'person',
  API_TOKEN: 'api_token',
  SYSTEM: 'system',
} as const

registerEnumType(AuditActorKind, {
  name: 'AuditActorKind',
  description: 'What acts.',
  valuesConfig: {
    PERSON: { description: 'A person.' },
    API_TOKEN: { description: 'An API token.' },
    SYSTEM: { description: 'The server itself or its command line.' },
  },
})

const MASKED = 'where it was changed; secrets are masked.'

/** The GraphQL type `AuditEntry`. */
@ObjectType({ description: 'One entry of the audit log.' })
export class AuditEntry {
  @Field(() => ID, { description: 'Its id.' })
  id: string

  @Field(() => Date, { description: 'When it happened.' })
  at: Date

  @Field(() => String, { description: 'What was done, such as monitor.update or member.invite.' })
  action: string

  @Field(() => AuditActorKind, { description: 'What acted.' })
  actorKind: 'person' | 'api_token' | 'system'

  @Field(() => ID, {
    nullable: true,
    description: 'Which person or token; null for the system.',
  })
  actorId: string | null

  @Field(() => String, { description: 'Their name at that time.' })
  actorName: string

  @Field(() => String, {
    description: 'What kind of object it was done to, such as monitor.',
  })
  targetType: string

  @Field(() => ID, { nullable: true, description: 'Which object; null when it has no id.' })
  targetId: string | null

  @Field(() => String, { nullable: true, description: 'Its name at that time.' })
  targetName: string | null

  @Field(() => String, {
    nullable: true,
    description:
      'The address that the request came from; null when it came from the server itself.',
  })
  ipAddress: string | null

  @Field(() => GraphQLJSON, { nullable: true, description: `What was before, ${MASKED}` })
  before: Record<string, unknown> | null

  @Field(() => GraphQLJSON, { nullable: true, description: `What was after, ${MASKED}` })
  after: Record<string, unknown> | null
}

@ObjectType({ description: 'An audit entry in a page.' })
export class AuditEntryEdge {
  @Field(() => String, { description: 'To go on after it.' })
  cursor: string

  @Field(() => AuditEntry, { description: 'The entry.' })
  node: AuditEntry
}

@ObjectType({ description: 'A page of audit entries.' })
export class AuditEntryConnection {
  @Field(() => [AuditEntryEdge], { description: 'Entries with their cursors.' })
  edges: AuditEntryEdge[]

  @Field(() => [AuditEntry], { description: 'The entries.' })
  nodes: AuditEntry[]

  @Field(() => PageInfo, { description: 'Where the page stands.' })
  pageInfo: PageInfo

  /** What was asked for, for the count. */
  selection: AuditSelection

  @Field(() => Int, { description: 'How many there are in all; counted only when asked.' })
  totalCount?: number
}

@InputType({ description: 'Which audit entries.' })
export class AuditFilter implements AuditSelection {
  @Field(() => [ID], { nullable: true, description: 'Only by these people or tokens.' })
  actorIds?: string[] | null

  @Field(() => [String], {
    nullable: true,
    description: 'Only these actions; `monitor.` stands for all that begin so.',
  })
  actions?: string[] | null

  @Field(() => ID, { nullable: true, description: 'Only what was done to this object.' })
  targetId?: string | null

  @Field(() => Date, { nullable: true, description: 'Only from then on.' })
  from?: Date | null

  @Field(() => Date, { nullable: true, description: 'Only until then.' })
  to?: Date | null

  @Field(() => String, {
    nullable: true,
    description: 'A part of the actor’s or the object’s name.',
  })
  search?: string | null
}
