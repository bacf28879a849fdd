import { GraphQLDateTime } from 'graphql-scalars'
import { Field, ObjectType } from 'type-graphql'

@ObjectType({ description: 'One line of conditions, judged against the answer of one check.' })
export class ConditionResult {
  @Field(() => String, { description: 'The condition as it was written.' })
  expression: string

  @Field(() => Boolean, { description: 'Whether the answer fulfilled it.' })
  isPassed: boolean

  @Field(() => String, { description: 'The values that were found, for a person to read.' })
  actual: string
}

@ObjectType({ description: 'One header of an answer.' })
export class HeaderValue {
  @Field(() => String, { description: 'The name, in lower case.' })
  name: string

  @Field(() => String, { description: 'The value.' })
  value: string
}

@ObjectType({ description: 'What was seen when a check went wrong, kept to look into later.' })
export class Evidence {
  @Field(() => GraphQLDateTime, { description: 'The scheduled time of the check.' })
  at: Date

  @Field(() => String, { nullable: true, description: 'The address that answered.' })
  remoteAddress: string | null

  @Field(() => String, { nullable: true, description: 'The last URL that was asked for.' })
  requestedUrl: string | null

  @Field(() => String, {
    nullable: true,
    description: 'The status line, such as `503 Service Unavailable`.',
  })
  statusLine: string | null

  @Field(() => [HeaderValue], { description: 'The headers of the answer, in order.' })
  headers: HeaderValue[]

  @Field(() => String, {
    nullable: true,
    description: 'The body of the answer, decoded, at most 1 MiB.',
  })
  body: string | null

  @Field(() => Boolean, { description: 'Whether the body was longer than what was kept.' })
  isBodyTruncated: boolean

  @Field(() => [ConditionResult], { description: 'The conditions and what they found.' })
  conditions: ConditionResult[]

  @Field(() => [String], { description: 'The URLs that were redirected, in order.' })
  redirects: string[]
}
