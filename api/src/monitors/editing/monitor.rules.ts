import {
  type CheckKind,
  kindOf,
  lateAfter,
  scheduleOf,
  validateConditions,
} from '../../checks/index.ts'
import { AppError, type FieldProblem } from '../../lib/app-error.ts'
import { plainText } from '../plain-text.ts'
import { slugOf } from '../push/push-token.ts'

/** What a person may say of a monitor. Absent: the default, or as it was. `null`: the default. */
export interface MonitorFields {
  name?: string | null
  settings?: SettingsInput | null
  intervalSeconds?: number | null
  timeoutMs?: number | null
  retryIntervalSeconds?: number | null
  failAfter?: number | null
  failForSeconds?: number | null
  recoverAfter?: number | null
  recoverForSeconds?: number | null
  conditions?: string[] | null
}

/** Exactly one kind with its settings: `{ http: { url: … } }`. */
export type SettingsInput = Record<string, Record<string, unknown> | null | undefined>

/** A complete and valid monitor, secrets in the open. */
export interface MonitorDraft {
  name: string
  kind: string
  target: string
  settings: Record<string, unknown>
  secrets: Record<string, string>
  conditions: string[]
  intervalSeconds: number
  timeoutMs: number
  retryIntervalSeconds: number
  failAfter: number
  failForSeconds: number
  recoverAfter: number
  recoverForSeconds: number
}

const LONGEST_NAME = 200
const MOST_CONDITIONS = 50
const LONGEST_CONDITION = 1_000
const DAY_SECONDS = 86_400
const DEFAULT_TIMEOUT_MS = 10_000
const LARGEST_INTEGER = 2 ** 31 - 1
const SOME_MONDAY = Date.UTC(2026, 0, 5)

type NumberField =
  | 'intervalSeconds'
  | 'timeoutMs'
  | 'retryIntervalSeconds'
  | 'failAfter'
  | 'failForSeconds'
  | 'recoverAfter'
  | 'recoverForSeconds'

/** The bounds of the numbers, both included. */
export const BOUNDS: Record<NumberField, readonly [least: number, most: number]> = {
  intervalSeconds: [1, DAY_SECONDS],
  timeoutMs: [100, 120_000],
  retryIntervalSeconds: [1, DAY_SECONDS],
  failAfter: [1, 100],
  failForSeconds: [0, DAY_SECONDS],
  recoverAfter: [1, 100],
  recoverForSeconds: [0, DAY_SECONDS],
}

/**
 * Completes what a person said. `before` is the monitor that is edited: what is absent stays, its kind can't
 * change, secrets that are not given are kept. Throws INVALID with every problem at once.
 */
export function draftMonitor(fields: MonitorFields, before?: MonitorDraft): MonitorDraft {
  const problems: FieldProblem[] = []
  const name = draftName(fields.name === undefined ? before?.name : fields.name, problems)
  const checked = draftSettings(fields.settings, before, problems)
  const conditions = draftConditions(
    fields.conditions === undefined ? before?.conditions : fields.conditions,
    problems,
  )
  const numbers = draftNumbers(fields, before, checked?.kind, problems)
  if (problems.length || !checked) throw AppError.invalid(problems)
  const { kind, settings, secrets } = checked
  const target = kind.target(settings)
  const draft = { name, kind: kind.kind, target, settings, secrets, conditions, ...numbers }
  return kind.isPassive ? withSlug(withPeriod(draft), before) : draft
}

function draftName(given: string | null | undefined, problems: FieldProblem[]): string {
  const name = plainText(given ?? '').trim()
  if (!name) problems.push(problem('name', 'REQUIRED', 'Give it a name.'))
  if (name.length > LONGEST_NAME)
    problems.push(problem('name', 'LIMIT', `A name has at most ${LONGEST_NAME} characters.`))
  return name
}

function draftConditions(given: string[] | null | undefined, problems: FieldProblem[]): string[] {
  const conditions = (given ?? []).map((line) => line.trim()).filter(Boolean)
  if (conditions.length > MOST_CONDITIONS) {
    problems.push(problem('conditions', 'LIMIT', `At most ${MOST_CONDITIONS} conditions.`))
    return []
  }
  const tooLong = conditions.some((line) => line.length > LONGEST_CONDITION)
  if (tooLong) {
    const message = `A condition has at most ${LONGEST_CONDITION} characters.`
    problems.push(problem('conditions', 'LIMIT', message))
    return []
  }
  problems.push(...within('conditions', validateConditions(conditions)))
  return conditions
}

function draftNumbers(
  fields: MonitorFields,
  before: MonitorDraft | undefined,
  kind: CheckKind | undefined,
  problems: FieldProblem[],
): Record<NumberField, number> {
  const read = (field: NumberField, byDefault: number): number => {
    const given = fields[field] === undefined ? before?.[field] : fields[field]
    if (given === undefined || given === null) return byDefault
    // What is stored and not touched is not judged again: a passive kind's numbers have other bounds.
    if (fields[field] !== undefined) problems.push(...outOfBounds(field, given))
    return given
  }
  const intervalSeconds = read('intervalSeconds', kind?.defaultIntervalSeconds ?? 60)
  // A push that says "failed", or none at all, needs no second opinion.
  const patience = kind?.isPassive ? { fail: 1, recover: 1 } : { fail: 3, recover: 2 }
  return {
    intervalSeconds,
    timeoutMs: read('timeoutMs', Math.min(DEFAULT_TIMEOUT_MS, intervalSeconds * 1000)),
    retryIntervalSeconds: read(
      'retryIntervalSeconds',
      Math.max(1, Math.round(intervalSeconds / 3)),
    ),
    failAfter: read('failAfter', patience.fail),
    failForSeconds: read('failForSeconds', 0),
    recoverAfter: read('recoverAfter', patience.recover),
    recoverForSeconds: read('recoverForSeconds', 0),
  }
}

function outOfBounds(field: NumberField, value: number): FieldProblem[] {
  const [least, most] = BOUNDS[field]
  if (Number.isInteger(value) && value >= least && value <= most) return []
  return [problem(field, 'LIMIT', `\`${field}\` must be a whole number from ${least} to ${most}.`)]
}

interface CheckedSettings {
  kind: CheckKind
  settings: Record<string, unknown>
  secrets: Record<string, string>
}

function draftSettings(
  input: SettingsInput | null | undefined,
  before: MonitorDraft | undefined,
  problems: FieldProblem[],
): CheckedSettings | undefined {
  if (input === undefined && before) {
    const { settings, secrets } = before
    return { kind: kindOf(before.kind)!, settings, secrets }
  }
  const checked = readSettings(input, before)
  if (!Array.isArray(checked)) return checked
  problems.push(...checked)
  return undefined
}

/** Reads a person's settings of one kind. Secrets that are not given are taken from `before`. */
export function readSettings(
  input: SettingsInput | null | undefined,
  before?: Pick<MonitorDraft, 'kind' | 'secrets'>,
): CheckedSettings | FieldProblem[] {
  const given = Object.entries(input ?? {}).filter(([, values]) => values !== undefined)
  const [name, values] = given[0] ?? []
  if (given.length !== 1 || !name || !values)
    return [problem('settings', 'INVALID', 'Give the settings of exactly one kind.')]
  return readKind(name, values, before)
}

function readKind(
  name: string,
  values: Record<string, unknown>,
  before: Pick<MonitorDraft, 'kind' | 'secrets'> | undefined,
): CheckedSettings | FieldProblem[] {
  const kind = kindOf(name)
  if (!kind) return [problem('settings', 'INVALID', `There is no kind "${name}".`)]
  if (before && before.kind !== name)
    return [
      problem('settings', 'INVALID', `The kind can't change; this monitor is ${before.kind}.`),
    ]
  const parsed = kind.settings.parse({ ...before?.secrets, ...values })
  if (Array.isArray(parsed)) return within('settings', within(name, parsed))
  return { kind, ...parsed }
}

/** A passive kind's period and grace stand in the general columns too, by a cron expression about. */
function withPeriod(draft: MonitorDraft): MonitorDraft {
  const { graceSeconds } = draft.settings
  const timeoutMs = Math.min(Number(graceSeconds ?? 0) * 1000, LARGEST_INTEGER)
  return { ...draft, intervalSeconds: periodOf(draft), timeoutMs }
}

function periodOf(draft: MonitorDraft): number {
  const schedule = { ...scheduleOf(draft), graceMs: 0 }
  const first = lateAfter(schedule, SOME_MONDAY)
  return Math.max(1, Math.round((lateAfter(schedule, first) - first) / 1000))
}

/** A slug is made of the name once: later names must not break addresses. */
function withSlug(draft: MonitorDraft, before: MonitorDraft | undefined): MonitorDraft {
  const slug = draft.settings['slug'] ?? before?.settings['slug'] ?? slugOf(draft.name)
  return { ...draft, settings: { ...draft.settings, slug } }
}

function within(field: string, problems: readonly FieldProblem[]): FieldProblem[] {
  return problems.map((p) => ({ ...p, path: [field, ...p.path] }))
}

function problem(field: string, code: FieldProblem['code'], message: string): FieldProblem {
  return { path: [field], code, message }
}
