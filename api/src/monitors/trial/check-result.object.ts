import { GraphQLDateTime } from 'graphql-scalars'
import { Field, Float, Int, ObjectType } from 'type-graphql'
import { ConditionResult, Evidence, HeartbeatStatusEnum, Timings } from '../../history/index.ts'
import type { HeartbeatStatus } from '../../lib/status.ts'

@ObjectType({ description: 'A TLS certificate as a check saw it.' })
export class Certificate {
  @Field(() => String, { description: 'Whom it names.' })
  subject: string

  @Field(() => String, { description: 'Who issued it.' })
  issuer: string

  @Field(() => GraphQLDateTime, { description: 'Valid from this time on.' })
  validFrom: Date

  @Field(() => GraphQLDateTime, { description: 'Valid until this time.' })
  validTo: Date

  @Field(() => Int, {
    description: 'Whole days from now until it expires; negative when it has expired.',
  })
  daysLeft: number

  @Field(() => String, { description: 'SHA-256 fingerprint.' })
  fingerprint: string

  @Field(() => Boolean, {
    description: 'Whether its chain leads to a trusted root and it fits the host.',
  })
  isTrusted: boolean

  @Field(() => String, { nullable: true, description: 'Why it is not trusted, in words.' })
  problem: string | null
}

@ObjectType({ description: 'The result of a check that was performed just now and not stored.' })
export class CheckResult {
  @Field(() => HeartbeatStatusEnum, { description: 'What the check says.' })
  status: HeartbeatStatus

  @Field(() => Float, {
    nullable: true,
    description: 'Response time in ms; null when nothing answered.',
  })
  latencyMs: number | null

  @Field(() => String, { nullable: true, description: 'Why it is not up, in words.' })
  message: string | null

  @Field(() => Int, {
    nullable: true,
    description: 'Status code of the answer, where the protocol has one.',
  })
  statusCode: number | null

  @Field(() => Timings, { nullable: true, description: 'How long each phase took.' })
  timings: Timings | null

  @Field(() => Certificate, { nullable: true, description: 'The certificate that was shown.' })
  certificate: Certificate | null

  @Field(() => [ConditionResult], {
    description: 'Each condition with the values that were found.',
  })
  conditions: ConditionResult[]

  @Field(() => Evidence, {
    nullable: true,
    description: 'The answer itself, when something was wrong.',
  })
  evidence: Evidence | null
}
