import { Field, ID, InputType, Int } from 'type-graphql'
import { MonitorSettingsInput } from '../settings/index.ts'
import type { MonitorEdit, NewMonitor } from './monitor.service.ts'
import type { SettingsInput } from './monitor.rules.ts'
import type { TestInput } from '../trial/monitor-tester.ts'

const KEEPS = 'Absent: as it is; null: the default.'
const KEPT_SECRETS = 'Replaces all settings; secrets that are absent are kept, null clears them.'

@InputType({ description: 'A monitor to be created.' })
export class CreateMonitorInput implements NewMonitor {
  @Field(() => String, { description: 'What people call it, at most 200 characters.' })
  name: string

  @Field(() => MonitorSettingsInput, {
    description: 'What to check: the settings of exactly one kind.',
  })
  settings: SettingsInput

  @Field(() => Int, {
    nullable: true,
    description:
      'Seconds from check to check, 1 to 86,400. Absent: the default of the kind. A push monitor has its period instead.',
  })
  intervalSeconds?: number | null

  @Field(() => Int, {
    nullable: true,
    description:
      'How long one check may take, 100 to 120,000 ms. Absent: 10,000, or the interval when that is shorter.',
  })
  timeoutMs?: number | null

  @Field(() => Int, {
    nullable: true,
    description:
      'Seconds to the next check while a change of status is suspected. Absent: a third of the interval.',
  })
  retryIntervalSeconds?: number | null

  @Field(() => Int, {
    nullable: true,
    description:
      'How many bad results in a row confirm a worse status, 1 to 100. Absent: 3; 1 for push monitors.',
  })
  failAfter?: number | null

  @Field(() => Int, {
    nullable: true,
    description: 'How many seconds bad results must last as well, 0 to 86,400. Absent: 0.',
  })
  failForSeconds?: number | null

  @Field(() => Int, {
    nullable: true,
    description:
      'How many good results in a row confirm a better status, 1 to 100. Absent: 2; 1 for push monitors.',
  })
  recoverAfter?: number | null

  @Field(() => Int, {
    nullable: true,
    description: 'How many seconds good results must last as well, 0 to 86,400. Absent: 0.',
  })
  recoverForSeconds?: number | null

  @Field(() => [String], {
    nullable: true,
    description: 'Conditions on the answer, one a line; all must hold. At most 50.',
  })
  conditions?: string[] | null

  @Field(() => Boolean, { nullable: true, description: 'Whether to begin paused. Absent: no.' })
  isPaused?: boolean | null

  @Field(() => String, {
    nullable: true,
    description:
      'A text of yours, at most 200 characters: the same call with the same key within 48 hours creates nothing more and answers the same monitor.',
  })
  idempotencyKey?: string | null
}

@InputType({ description: 'Changes of a monitor. What is absent stays as it is.' })
export class UpdateMonitorInput implements MonitorEdit {
  @Field(() => ID, { description: 'Which monitor.' })
  id: string

  @Field(() => Int, {
    nullable: true,
    description:
      'The version that was edited: when somebody else was faster the answer is CONFLICT.',
  })
  expectedVersion?: number | null

  @Field(() => String, {
    nullable: true,
    description: 'What people call it, at most 200 characters.',
  })
  name?: string | null

  @Field(() => MonitorSettingsInput, {
    nullable: true,
    description: `Settings of the monitor’s own kind. ${KEPT_SECRETS}`,
  })
  settings?: SettingsInput | null

  @Field(() => Int, {
    nullable: true,
    description: `Seconds from check to check, 1 to 86,400. ${KEEPS}`,
  })
  intervalSeconds?: number | null

  @Field(() => Int, {
    nullable: true,
    description: `How long one check may take, 100 to 120,000 ms. ${KEEPS}`,
  })
  timeoutMs?: number | null

  @Field(() => Int, {
    nullable: true,
    description: `Seconds to the next check while a change of status is suspected. ${KEEPS}`,
  })
  retryIntervalSeconds?: number | null

  @Field(() => Int, {
    nullable: true,
    description: `How many bad results in a row confirm a worse status, 1 to 100. ${KEEPS}`,
  })
  failAfter?: number | null

  @Field(() => Int, {
    nullable: true,
    description: `How many seconds bad results must last as well, 0 to 86,400. ${KEEPS}`,
  })
  failForSeconds?: number | null

  @Field(() => Int, {
    nullable: true,
    description: `How many good results in a row confirm a better status, 1 to 100. ${KEEPS}`,
  })
  recoverAfter?: number | null

  @Field(() => Int, {
    nullable: true,
    description: `How many seconds good results must last as well, 0 to 86,400. ${KEEPS}`,
  })
  recoverForSeconds?: number | null

  @Field(() => [String], {
    nullable: true,
    description:
      'Conditions on the answer, one a line; all must hold. Absent: as they are; null: none.',
  })
  conditions?: string[] | null
}

@InputType({ description: 'Monitors to be paused.' })
export class PauseMonitorsInput {
  @Field(() => [ID], { description: 'Which monitors, 1 to 500.' })
  ids: string[]
}

@InputType({ description: 'Monitors to be checked again.' })
export class ResumeMonitorsInput {
  @Field(() => [ID], { description: 'Which monitors, 1 to 500.' })
  ids: string[]
}

@InputType({ description: 'Monitors to be deleted.' })
export class DeleteMonitorsInput {
  @Field(() => [ID], { description: 'Which monitors, 1 to 500.' })
  ids: string[]
}

@InputType({ description: 'Deleted monitors to be brought back.' })
export class RestoreMonitorsInput {
  @Field(() => [ID], { description: 'Which monitors, 1 to 500; deleted within the last 24 hours.' })
  ids: string[]
}

@InputType({ description: 'A check to be performed now, without being stored.' })
export class TestMonitorInput implements TestInput {
  @Field(() => MonitorSettingsInput, {
    description: 'What to check: the settings of exactly one kind.',
  })
  settings: SettingsInput

  @Field(() => Int, {
    nullable: true,
    description: 'How long the check may take, 100 to 120,000 ms. Absent: 10,000.',
  })
  timeoutMs?: number | null

  @Field(() => [String], { nullable: true, description: 'Conditions on the answer.' })
  conditions?: string[] | null

  @Field(() => ID, {
    nullable: true,
    description: 'The monitor that is edited: secrets that are not given are taken from it.',
  })
  monitorId?: string | null
}
