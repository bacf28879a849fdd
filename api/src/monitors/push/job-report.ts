import { AppError, type FieldProblem } from '../../lib/app-error.ts'
import { isId } from '../../lib/ids.ts'
import { plainText } from '../plain-text.ts'
import type { JobWords } from '../recording/new-beat.ts'

/** What a job reports in our own format. */
export interface JobReport extends Pick<
  JobWords,
  'signal' | 'rid' | 'exitStatus' | 'durationMs' | 'body'
> {
  message: string | null
  latencyUs: number | null
}

/** How much of what a job sends is kept, in bytes. */
export const MOST_BODY_BYTES = 10_000
const LONGEST_MESSAGE = 1_000
const LONGEST_RUN_MS = 72 * 3_600_000
const HIGHEST_LATENCY_US = 2 ** 31 - 1
const SIGNALS = { success: 'success', failure: 'fail', start: 'start', log: 'log' } as const
const FIELDS = ['status', 'runId', 'exitStatus', 'durationMs', 'latencyMs', 'message', 'log']

/**
 * Reads a report: `status` is success, failure, start or log; absent, the exit status decides, and without one it
 * is a success. Throws INVALID with every problem at once.
 */
export function readReport(given: unknown): JobReport {
  if (given === null || typeof given !== 'object' || Array.isArray(given))
    throw AppError.invalid([problem('', 'Send a JSON object.')])
  const fields = given as Record<string, unknown>
  const problems = FIELDS.flatMap((name) => problemOf(name, fields[name]))
  for (const name of Object.keys(fields))
    if (!FIELDS.includes(name)) problems.push(problem(name, `There is no field \`${name}\`.`))
  if (problems.length) throw AppError.invalid(problems)
  return reportOf(fields as Valid)
}

interface Valid {
  status?: keyof typeof SIGNALS | null
  runId?: string | null
  exitStatus?: number | null
  durationMs?: number | null
  latencyMs?: number | null
  message?: string | null
  log?: string | null
}

function reportOf(fields: Valid): JobReport {
  const { status, runId = null, exitStatus = null, durationMs, latencyMs, message, log } = fields
  const byExit = (exitStatus ?? 0) === 0 ? 'success' : 'fail'
  const words = plainText(message ?? '').slice(0, LONGEST_MESSAGE)
  return {
    ...{ signal: status ? SIGNALS[status] : byExit, rid: runId, exitStatus },
    durationMs: rounded(durationMs, 1, LONGEST_RUN_MS),
    latencyUs: rounded(latencyMs, 1_000, HIGHEST_LATENCY_US),
    message: words || null,
    body: log ? Buffer.from(log).subarray(0, MOST_BODY_BYTES) : null,
  }
}

const rounded = (value: number | null | undefined, factor: number, most: number): number | null =>
  typeof value === 'number' ? Math.min(Math.round(value * factor), most) : null

const isNumber = (value: unknown, most: number): boolean =>
  typeof value === 'number' && value >= 0 && value <= most
const isText = (value: unknown): boolean => typeof value === 'string'

const RULES: Record<string, { isRight: (value: unknown) => boolean; words: string }> = {
  status: {
    isRight: (value) => typeof value === 'string' && Object.hasOwn(SIGNALS, value),
    words: 'must be success, failure, start or log',
  },
  runId: {
    isRight: (value) => typeof value === 'string' && isId(value),
    words: 'must be a UUID in lower case',
  },
  exitStatus: {
    isRight: (value) => Number.isInteger(value) && isNumber(value, 255),
    words: 'must be a whole number from 0 to 255',
  },
  durationMs: {
    isRight: (value) => isNumber(value, LONGEST_RUN_MS),
    words: 'must be a number of milliseconds, at most 72 hours',
  },
  latencyMs: {
    isRight: (value) => isNumber(value, 1e11),
    words: 'must be a number of milliseconds between 0 and 1e11',
  },
  message: { isRight: isText, words: 'must be a text' },
  log: { isRight: isText, words: 'must be a text' },
}

function problemOf(name: string, value: unknown): FieldProblem[] {
  const rule = RULES[name]
  if (value === undefined || value === null || !rule || rule.isRight(value)) return []
  return [problem(name, `\`${name}\` ${rule.words}.`)]
}

function problem(name: string, message: string): FieldProblem {
  return { path: name ? [name] : [], code: 'INVALID', message }
}
