import { Cron } from 'croner'

/** When a job is expected: every so often, or by a cron expression in a time zone. */
export interface PushSchedule {
  periodMs: number
  graceMs: number
  cron: string | null
  timeZone: string
}

/** What a monitor's rows say of its schedule; settings of older monitors lack what came later. */
export interface ScheduleSource {
  settings: Readonly<Record<string, unknown>> | null
  intervalSeconds: number
  timeoutMs: number
}

interface Plan {
  cron: Cron
  /** The last answer: nothing is expected between `fromMs` and `nextMs`. */
  fromMs: number
  nextMs: number
}

const FIVE_FIELDS = /^(@[a-z]+|[^\s]+([ \t]+[^\s]+){4})$/i
const MOST_PLANS = 5_000
const plans = new Map<string, Plan>()

export function scheduleOf({ settings, intervalSeconds, timeoutMs }: ScheduleSource): PushSchedule {
  const { periodSeconds, graceSeconds, cron, timeZone } = settings ?? {}
  return {
    periodMs: (typeof periodSeconds === 'number' ? periodSeconds : intervalSeconds) * 1000,
    graceMs: typeof graceSeconds === 'number' ? graceSeconds * 1000 : timeoutMs,
    cron: typeof cron === 'string' && cron ? cron : null,
    timeZone: typeof timeZone === 'string' ? timeZone : 'UTC',
  }
}

/** When the next sign of life is expected after one at `lastMs`, ms since 1970. */
export function expectedAfter(schedule: PushSchedule, lastMs: number): number {
  if (!schedule.cron) return lastMs + schedule.periodMs
  const plan = planOf(schedule.cron, schedule.timeZone)
  if (lastMs >= plan.fromMs && lastMs < plan.nextMs) return plan.nextMs
  const next = plan.cron.nextRun(new Date(lastMs))?.getTime() ?? lastMs + schedule.periodMs
  Object.assign(plan, { fromMs: lastMs, nextMs: next })
  return next
}

/** When it is missing: expected, and the grace over. */
export function lateAfter(schedule: PushSchedule, lastMs: number): number {
  return expectedAfter(schedule, lastMs) + schedule.graceMs
}

/** The next times at which a cron expression falls due. Throws when it can't be read, in words. */
export function nextTimes(cron: string, timeZone: string, fromMs: number, count: number): Date[] {
  return makePlan(cron, timeZone).cron.nextRuns(count, new Date(fromMs))
}

/** What is wrong with a cron expression, for a person; null: nothing. */
export function problemOfCron(cron: string): string | null {
  // The library takes dates too: those fall due once.
  if (!FIVE_FIELDS.test(cron)) return 'A cron expression has five fields.'
  try {
    const [next] = nextTimes(cron, 'UTC', Date.UTC(2026, 0), 1)
    return next ? null : 'This never falls due.'
  } catch (error) {
    const words = error instanceof Error ? error.message.replace(/^Cron\w*: /, '') : 'unreadable'
    return `This is not a cron expression of five fields: ${words.slice(0, 300)}`
  }
}

export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}

function planOf(cron: string, timeZone: string): Plan {
  const key = `${timeZone}\n${cron}`
  const known = plans.get(key)
  if (known) return known
  if (plans.size >= MOST_PLANS) plans.clear()
  const made = makePlan(cron, timeZone)
  plans.set(key, made)
  return made
}

/** Never started: it only reckons. */
function makePlan(cron: string, timeZone: string): Plan {
  const options = { mode: '5-part', timezone: timeZone, paused: true } as const
  return { cron: new Cron(cron, options), fromMs: 0, nextMs: 0 }
}
