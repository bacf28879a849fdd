export { type Judgement, judgeConditions } from './conditions/conditions.ts'
export { detectTarget, kindOf } from './kind-of.ts'
export { checkKinds } from './kinds/index.ts'
export {
  isTimeZone,
  lateAfter,
  nextTimes,
  problemOfCron,
  type PushSchedule,
  scheduleOf,
} from './kinds/push/push-schedule.ts'
export type {
  CheckKind,
  CheckOutcome,
  ConditionResult,
  EvidenceBody,
  TimingsUs,
  Verdict,
} from './outcome.ts'
export { type CheckRequest, type CheckTools, runCheck } from './run-check.ts'
export { validateConditions } from './validate-conditions.ts'
export type { ParsedSettings, SettingsSchema } from './settings/define-settings.ts'
export type { Field, KeyValue, SettingFieldType } from './settings/fields.ts'
export type { CertificateFacts } from '../net/index.ts'
