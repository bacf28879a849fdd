export { type Judgement, judgeConditions, validateConditions } from './conditions/conditions.ts'
export { detectTarget, kindOf } from './kind-of.ts'
export { checkKinds } from './kinds/index.ts'
export type {
  CheckKind,
  CheckOutcome,
  ConditionResult,
  EvidenceBody,
  TimingsUs,
  Verdict,
} from './outcome.ts'
export { type CheckRequest, type CheckTools, runCheck } from './run-check.ts'
export type { ParsedSettings, SettingsSchema } from './settings/define-settings.ts'
export type { Field, KeyValue, SettingFieldType } from './settings/fields.ts'
export type { CertificateFacts } from '../net/index.ts'
