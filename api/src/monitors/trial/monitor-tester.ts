import {
  type CheckKind,
  type CheckOutcome,
  type CheckRequest,
  validateConditions,
} from '../../checks/index.ts'
import type { ReadScope } from '../../db/read-scope.ts'
import type { Actor } from '../../lib/actor.ts'
import { AppError, type FieldProblem } from '../../lib/app-error.ts'
import { requireRole } from '../../lib/permissions.ts'
import { monitorLoader } from '../monitor.loaders.ts'
import {
  BOUNDS,
  type MonitorDraft,
  type SettingsInput,
  readSettings,
} from '../editing/monitor.rules.ts'
import type { MonitorService } from '../editing/monitor.service.ts'

/** Performs a check, by the tools of this process. */
export type Check = (request: CheckRequest) => Promise<CheckOutcome>

export interface TestInput {
  settings: SettingsInput
  timeoutMs?: number | null
  conditions?: string[] | null
  /** Whose secrets are used where none are given. */
  monitorId?: string | null
}

const MOST_AT_ONCE = 10
const DEFAULT_TIMEOUT_MS = 10_000

/** Performs a check that is not stored: "test before saving". */
export class MonitorTester {
  private running = 0

  constructor(private readonly options: { check: Check; service: MonitorService }) {}

  /** Throws INVALID with all problems of the input; LIMIT when too many tests run; NOT_FOUND for the monitor. */
  async test(scope: ReadScope, actor: Actor, input: TestInput): Promise<CheckOutcome> {
    requireRole(actor, 'editor')
    const request = readTest(input, await this.secretsFrom(scope, input.monitorId))
    if (this.running >= MOST_AT_ONCE)
      throw new AppError('LIMIT', 'Too many tests are running; try again in a moment.')
    this.running++
    try {
      return await this.options.check(request)
    } finally {
      this.running--
    }
  }

  private async secretsFrom(
    scope: ReadScope,
    monitorId: string | null | undefined,
  ): Promise<MonitorDraft | undefined> {
    if (!monitorId) return undefined
    const monitor = await monitorLoader(scope).load(monitorId)
    if (!monitor) throw new AppError('NOT_FOUND', 'There is no such monitor.')
    return this.options.service.draftOf(monitor)
  }
}

function readTest(input: TestInput, before: MonitorDraft | undefined): CheckRequest {
  const timeoutMs = input.timeoutMs ?? DEFAULT_TIMEOUT_MS
  const conditions = (input.conditions ?? []).map((line) => line.trim()).filter(Boolean)
  const checked = readSettings(input.settings, before)
  const problems = [
    ...(Array.isArray(checked) ? checked : passiveProblems(checked.kind)),
    ...timeoutProblems(timeoutMs),
    ...validateConditions(conditions).map((p) => ({ ...p, path: ['conditions', ...p.path] })),
  ]
  if (problems.length || Array.isArray(checked)) throw AppError.invalid(problems)
  const { kind, settings, secrets } = checked
  return { kind: kind.kind, settings, secrets, conditions, timeoutMs, keepsEvidence: true }
}

function passiveProblems({ isPassive }: CheckKind): FieldProblem[] {
  const message = 'A push can only come from outside; there is nothing to test.'
  return isPassive ? [{ path: ['settings'], code: 'INVALID', message }] : []
}

function timeoutProblems(timeoutMs: number): FieldProblem[] {
  const [least, most] = BOUNDS.timeoutMs
  if (timeoutMs >= least && timeoutMs <= most) return []
  const message = `\`timeoutMs\` must be from ${least} to ${most}.`
  return [{ path: ['timeoutMs'], code: 'LIMIT', message }]
}
