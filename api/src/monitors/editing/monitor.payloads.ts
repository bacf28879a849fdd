import { Field, ID, ObjectType } from 'type-graphql'
import { Monitor } from '../monitor.entity.ts'
import { CheckResult } from '../trial/check-result.object.ts'
import { UserError } from '../../lib/user-error.object.ts'

const NONE = 'Empty when all went well.'

@ObjectType({ description: 'What became of a monitor that was to be created.' })
export class CreateMonitorPayload {
  @Field(() => Monitor, {
    nullable: true,
    description: 'The new monitor; null when it was refused.',
  })
  monitor: Monitor | null

  @Field(() => [UserError], { description: `What is wrong with the input. ${NONE}` })
  userErrors: UserError[]
}

@ObjectType({ description: 'What became of a monitor that was to be changed.' })
export class UpdateMonitorPayload {
  @Field(() => Monitor, {
    nullable: true,
    description:
      'The changed monitor; null when the input was refused; as it is now when somebody else was faster.',
  })
  monitor: Monitor | null

  @Field(() => [UserError], { description: `What is wrong with the input. ${NONE}` })
  userErrors: UserError[]
}

@ObjectType({ description: 'What became of one of several monitors.' })
export class MonitorResult {
  @Field(() => ID, { description: 'The id that was given.' })
  id: string

  @Field(() => Monitor, {
    nullable: true,
    description: 'The monitor as it is now; null when it is deleted or does not exist.',
  })
  monitor: Monitor | null

  @Field(() => [UserError], { description: `What is wrong with this id. ${NONE}` })
  userErrors: UserError[]
}

@ObjectType()
abstract class BulkPayload {
  @Field(() => [MonitorResult], { description: 'One result for each id, in the order given.' })
  results: MonitorResult[]

  @Field(() => [UserError], { description: `What is wrong with the whole input. ${NONE}` })
  userErrors: UserError[]
}

@ObjectType({ description: 'What became of monitors that were to be paused.' })
export class PauseMonitorsPayload extends BulkPayload {}

@ObjectType({ description: 'What became of monitors that were to be resumed.' })
export class ResumeMonitorsPayload extends BulkPayload {}

@ObjectType({ description: 'What became of monitors that were to be deleted.' })
export class DeleteMonitorsPayload extends BulkPayload {}

@ObjectType({ description: 'What became of monitors that were to be restored.' })
export class RestoreMonitorsPayload extends BulkPayload {}

@ObjectType({ description: 'The outcome of a test.' })
export class TestMonitorPayload {
  @Field(() => CheckResult, {
    nullable: true,
    description: 'What the check found; null when the input was refused.',
  })
  result: CheckResult | null

  @Field(() => [UserError], { description: `What is wrong with the input. ${NONE}` })
  userErrors: UserError[]
}
