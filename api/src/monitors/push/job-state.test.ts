import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deadlineOf, type JobSignal, type JobState, NEW_JOB, takeSignal } from './job-state.ts'

const SCHEDULE = { periodMs: 600_000, graceMs: 60_000, cron: null, timeZone: 'UTC' }
const A = '11111111-1111-4111-8111-111111111111'
const B = '22222222-2222-4222-8222-222222222222'
const HOUR_S = 3_600

type Told = [signal: JobSignal, seconds: number, rid?: string | null]

function tell(...told: Told[]): { job: JobState; durations: (number | null)[] } {
  let job = NEW_JOB
  const durations = told.map(([signal, seconds, rid = null]) => {
    const taken = takeSignal(job, signal, rid, seconds * 1e6, `${seconds}`)
    job = taken.job
    return taken.ended && seconds - taken.ended.startUs / 1e6
  })
  return { job, durations }
}

const down = (job: JobState, lastSeconds: number | null): number | null => {
  const ms = deadlineOf(SCHEDULE, job, lastSeconds === null ? null : lastSeconds * 1000)
  return ms === null ? null : ms / 1000
}

describe('the duration of a run', () => {
  it.each<[string, Told[], number | null]>([
    ['without a start is not known', [['success', 10]], null],
    [
      'is finish less start',
      [
        ['start', 10],
        ['success', 35],
      ],
      25,
    ],
    [
      'counts to a failure too',
      [
        ['start', 10],
        ['fail', 35],
      ],
      25,
    ],
    [
      'is kept over a log',
      [
        ['start', 10],
        ['log', 20],
        ['success', 35],
      ],
      25,
    ],
    [
      'counts from the last of two starts',
      [
        ['start', 10],
        ['start', 20],
        ['success', 35],
      ],
      15,
    ],
    [
      'needs the same rid',
      [
        ['start', 10, A],
        ['success', 35, B],
      ],
      null,
    ],
    [
      'needs a rid where the start had one',
      [
        ['start', 10, A],
        ['success', 35],
      ],
      null,
    ],
    [
      'pairs runs that overlap',
      [
        ['start', 10, A],
        ['start', 20, B],
        ['success', 35, A],
      ],
      25,
    ],
    [
      'is dropped after 72 hours',
      [
        ['start', 0],
        ['success', 73 * HOUR_S],
      ],
      null,
    ],
    [
      'is not counted twice',
      [
        ['start', 10],
        ['success', 20],
        ['success', 35],
      ],
      null,
    ],
  ])('%s', (_, told, duration) => expect(tell(...told).durations.at(-1)).toBe(duration))
})

describe('a job is down', () => {
  it.each<[string, Told[], number | null, number | null]>([
    ['never before it was heard of', [], null, null],
    ['a grace after it was expected', [['success', 0]], 0, 660],
    [
      'a grace after its start',
      [
        ['success', 0],
        ['start', 100],
      ],
      0,
      160,
    ],
    [
      'a grace after a start that came late',
      [
        ['success', 0],
        ['start', 640],
      ],
      0,
      700,
    ],
    ['a grace after its very first start', [['start', 5]], null, 65],
    [
      'by the schedule once it has finished',
      [
        ['start', 5],
        ['success', 10],
      ],
      10,
      670,
    ],
    [
      'by the schedule after a failure with another rid',
      [
        ['start', 5, A],
        ['fail', 9, B],
      ],
      9,
      669,
    ],
    [
      'by the schedule after a success without rid',
      [
        ['start', 5, A],
        ['success', 9],
      ],
      9,
      669,
    ],
    [
      'a grace after its start, though another run ended',
      [
        ['start', 5, A],
        ['success', 9, B],
      ],
      9,
      65,
    ],
    [
      'as before, whatever it logs',
      [
        ['success', 0],
        ['log', 500],
        ['ignored', 501],
      ],
      0,
      660,
    ],
  ])('%s', (_, told, last, deadline) => expect(down(tell(...told).job, last)).toBe(deadline))

  it('in the end, when it begins again and again and never finishes', () => {
    const starts = Array.from({ length: 40 }, (_, n): Told => ['start', 30 * (n + 1)])
    expect(down(tell(['success', 0], ...starts).job, 0)).toBe(660)
    expect(down(tell(...starts).job, null)).toBe(90)
  })
})

it('a memory stays small, counts every ping, and never gives a negative duration', () => {
  const signal = fc.constantFrom<JobSignal>('start', 'success', 'fail', 'log', 'ignored')
  const rid = fc.option(fc.uuid(), { nil: null })
  const told = fc.tuple(signal, fc.integer({ min: -1_000, max: 1_000_000 }), rid)
  fc.assert(
    fc.property(fc.array(told, { maxLength: 80 }), (all) => {
      const { job, durations } = tell(...all)
      expect(job.seq).toBe(all.length)
      expect(job.open.length).toBeLessThanOrEqual(20)
      expect(durations.every((duration) => duration === null || duration >= 0)).toBe(true)
    }),
  )
})
