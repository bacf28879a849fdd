import { describe, expect, it } from 'vitest'
import { HEARTBEAT_STATUS, MONITOR_STATUS } from '../../lib/status.ts'
import { noTime } from '../spans/durations.ts'
import { HOUR_MS } from '../time-windows.ts'
import { mergeRollups, rollUpHour } from './roll-up.ts'

const { UP, DEGRADED, DOWN, UNKNOWN, MAINTENANCE } = HEARTBEAT_STATUS
const HOUR = 100 * HOUR_MS

describe('the rollup of an hour', () => {
  it('counts every check and measures those that found the target up or degraded', () => {
    const beats = [
      { status: UP, latencyUs: 100 },
      { status: DEGRADED, latencyUs: 300 },
      { status: DOWN, latencyUs: 9_000 },
      { status: UNKNOWN, latencyUs: null },
      { status: MAINTENANCE, latencyUs: 7_000 },
      { status: UP, latencyUs: null },
    ]
    const { count, latency } = rollUpHour(beats, [], HOUR)
    expect([count, latency.count, latency.sumUs]).toEqual([6, 2, 400])
    expect([latency.minUs, latency.maxUs]).toEqual([100, 300])
  })

  it('takes its time by status from the spans inside the hour', () => {
    const spans = [
      { fromMs: 0, toMs: HOUR + 60_000, status: MONITOR_STATUS.UP, reason: null },
      { fromMs: HOUR + 60_000, toMs: null, status: MONITOR_STATUS.DOWN, reason: null },
    ]
    expect(rollUpHour([], spans, HOUR).time).toEqual({
      ...noTime(),
      upMs: 60_000,
      downMs: HOUR_MS - 60_000,
    })
  })

  it('ends where a running hour ends', () => {
    const spans = [{ fromMs: 0, toMs: null, status: MONITOR_STATUS.UP, reason: null }]
    expect(rollUpHour([], spans, HOUR, HOUR + 5_000).time.upMs).toBe(5_000)
    expect(rollUpHour([], spans, HOUR, HOUR + 5_000, HOUR + 2_000).time.unknownMs).toBe(3_000)
  })

  it('adds up with others to a day', () => {
    const one = rollUpHour([{ status: UP, latencyUs: 10 }], [], HOUR)
    const other = rollUpHour([{ status: UP, latencyUs: 30 }], [], HOUR + HOUR_MS)
    const day = mergeRollups([one, other])
    expect([day.count, day.latency.meanUs(), day.latency.maxUs]).toEqual([2, 20, 30])
  })
})
