import { GraphQLDateTime } from 'graphql-scalars'
import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql'

/** The GraphQL enum `JobRunKind`. */
export const JobRunKindEnum = {
  RUNNING: 'RUNNING',
  UNFINISHED: 'UNFINISHED',
  SUCCESS: 'SUCCESS',
  FAILURE: 'FAILURE',
  LOG: 'LOG',
  IGNORED: 'IGNORED',
} as const

export type ShownRunKind = keyof typeof JobRunKindEnum

registerEnumType(JobRunKindEnum, {
  name: 'JobRunKind',
  description: 'What is known of a run of a job.',
  valuesConfig: {
    RUNNING: { description: 'It told its start; its finish is awaited.' },
    UNFINISHED: { description: 'It told its start and never its finish; another run began since.' },
    SUCCESS: { description: 'It went well.' },
    FAILURE: { description: 'It failed.' },
    LOG: { description: 'No run: a message that changes nothing.' },
    IGNORED: {
      description: 'It came while the monitor was paused, or by a method that does not count.',
    },
  },
})

@ObjectType({ description: 'One run of a job, or one message of it. The last hundred are kept.' })
export class JobRun {
  @Field(() => ID, { description: 'Opaque.' })
  id: string

  @Field(() => JobRunKindEnum, { description: 'What is known of it.' })
  kind: ShownRunKind

  @Field(() => GraphQLDateTime, { description: 'When it was last heard of (UTC).' })
  at: Date

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it began (UTC); null when it did not say.',
  })
  startedAt: Date | null

  @Field(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it ended (UTC); null while it runs, and of messages.',
  })
  finishedAt: Date | null

  @Field(() => Float, {
    nullable: true,
    description: 'How long it took, in milliseconds; null when its start is not known.',
  })
  durationMs: number | null

  @Field(() => Int, {
    nullable: true,
    description: 'Its exit status, 0 to 255; null when it did not say.',
  })
  exitStatus: number | null

  @Field(() => String, { nullable: true, description: 'The `rid` with which its pings came.' })
  runId: string | null

  @Field(() => String, { nullable: true, description: 'What it said, in a line.' })
  message: string | null

  @Field(() => String, {
    nullable: true,
    description: 'The first 10,000 bytes that came with it, read as UTF-8; null without any.',
  })
  body: string | null
}
