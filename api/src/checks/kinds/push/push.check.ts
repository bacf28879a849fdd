import type { CheckKind, Finding } from '../../outcome.ts'
import { type PushSettings, pushSettings } from './push.settings.ts'

/** Nothing to ask: the heartbeat comes by itself, and its absence is noticed by the scheduler. */
const check = (): Promise<Finding> =>
  Promise.resolve({
    verdict: 'UNKNOWN',
    message: 'A push monitor waits to be called; there is nothing to test.',
    latencyUs: null,
    timings: null,
    facts: null,
  })

function describePeriod(seconds: number): string {
  const [size, unit] =
    seconds % 86_400 === 0
      ? [86_400, 'day']
      : seconds % 3_600 === 0
        ? [3_600, 'hour']
        : seconds % 60 === 0
          ? [60, 'minute']
          : [1, 'second']
  const count = seconds / size
  return count === 1 ? `every ${unit}` : `every ${count} ${unit}s`
}

export const push: CheckKind<PushSettings> = {
  kind: 'push',
  title: 'Push (heartbeat)',
  description: 'Waits to be called by a job; it is down when the call does not come in time.',
  isPassive: true,
  settings: pushSettings,
  defaultIntervalSeconds: 3_600,
  conditionPaths: [],
  target: ({ periodSeconds, cron, timeZone }) =>
    cron ? `${cron} (${timeZone})` : describePeriod(periodSeconds),
  detect: () => null,
  check,
}
