import { GraphQLDateTime } from 'graphql-scalars'
import { Field, Float, ID, Int, ObjectType } from 'type-graphql'
import type { HeartbeatStatus } from '../../lib/status.ts'
import { PageInfo } from '../../lib/page-info.object.ts'
import { HeartbeatStatusEnum } from '../status.enums.ts'

const PHASE = 'null when the check did not come so far or the kind has no such phase.'

@ObjectType({ description: 'How long each phase of a check took, in milliseconds.' })
export class Timings {
  @Field(() => Float, { nullable: true, description: `Name resolution, in ms; ${PHASE}` })
  dnsMs: number | null

  @Field(() => Float, { nullable: true, description: `Connection, in ms; ${PHASE}` })
  connectMs: number | null

  @Field(() => Float, { nullable: true, description: `TLS handshake, in ms; ${PHASE}` })
  tlsMs: number | null

  @Field(() => Float, { nullable: true, description: `Wait for the first byte, in ms; ${PHASE}` })
  firstByteMs: number | null

  @Field(() => Float, { nullable: true, description: `Download of the answer, in ms; ${PHASE}` })
  downloadMs: number | null

  @Field(() => Float, { description: 'The whole check, in ms.' })
  totalMs: number
}

@ObjectType({ description: 'One recorded check.' })
export class Heartbeat {
  @Field(() => ID, { description: 'Opaque; unique for the monitor and the scheduled time.' })
  id: string

  @Field(() => ID, { description: 'The monitor that was checked.' })
  monitorId: string

  @Field(() => GraphQLDateTime, {
    description: 'The scheduled time of the check, or the arrival of a push.',
  })
  at: Date

  @Field(() => HeartbeatStatusEnum, { description: 'What this one check said.' })
  status: HeartbeatStatus

  @Field(() => Float, {
    nullable: true,
    description: 'Response time in ms; null when nothing answered.',
  })
  latencyMs: number | null

  @Field(() => Int, {
    nullable: true,
    description: 'Status code of the answer, where the protocol has one.',
  })
  statusCode: number | null

  @Field(() => String, {
    nullable: true,
    description: 'The reason or message, for a person to read.',
  })
  message: string | null

  @Field(() => Timings, {
    nullable: true,
    description: 'The phases of the check, when they were measured.',
  })
  timings: Timings | null

  /** The slot in microseconds since 1970: the key of the row. Not part of the contract. */
  slotUs: number
}

@ObjectType({ description: 'One recorded check and its place in the list.' })
export class HeartbeatEdge {
  @Field(() => String, { description: 'The place of this item: pass it as `after`.' })
  cursor: string

  @Field(() => Heartbeat, { description: 'The recorded check.' })
  node: Heartbeat
}

@ObjectType({ description: 'Recorded checks of one monitor, newest first.' })
export class HeartbeatConnection {
  @Field(() => [HeartbeatEdge], { description: 'The items with their cursors.' })
  edges: HeartbeatEdge[]

  @Field(() => [Heartbeat], { description: 'The items alone.' })
  nodes: Heartbeat[]

  @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
  pageInfo: PageInfo
}
