import { describe, expect, it } from 'vitest'
import {
  GAP_REASON,
  type Effect,
  type MachineEvent,
  type MachineRules,
  type MachineState,
  type Verdict,
  initialState,
  isSuspect,
  shownStatus,
  step,
} from './machine.ts'

const RULES: MachineRules = {
  intervalMs: 60_000,
  failAfter: 3,
  failForMs: 0,
  recoverAfter: 2,
  recoverForMs: 0,
}
const LETTERS: Record<string, Verdict> = { u: 'UP', g: 'DEGRADED', d: 'DOWN', x: 'UNKNOWN' }
const MINUTE_US = 60_000_000

/** Plays one letter a minute: u up, g degraded, d down, x our fault, . no beat, P pause, R resume, M … m maintenance. */
function play(letters: string, rules: Partial<MachineRules> = {}) {
  let state = initialState()
  const effects: Effect[] = []
  ;[...letters].forEach((letter, i) => {
    if (letter === '.') return
    const answer = step(state, eventOf(letter, (i + 1) * MINUTE_US), { ...RULES, ...rules })
    state = answer.state
    effects.push(...answer.effects)
  })
  return { state, effects, story: effects.map(tell).join(' ') }
}

function eventOf(letter: string, atUs: number): MachineEvent {
  if (letter === 'P') return { kind: 'paused', atUs }
  if (letter === 'R') return { kind: 'resumed', atUs }
  if (letter === 'M') return { kind: 'maintenanceStarted', atUs }
  if (letter === 'm') return { kind: 'maintenanceEnded', atUs }
  return { kind: 'beat', slotUs: atUs, verdict: LETTERS[letter]!, reason: letter }
}

function tell(effect: Effect): string {
  const since = effect.sinceUs / MINUTE_US
  if (effect.kind !== 'shown') return `${effect.kind === 'outageOpened' ? '+' : '-'}${since}`
  return `${effect.to}@${since}`
}

describe('the state machine', () => {
  it.each([
    ['is up at the first good answer', 'u', 'UP@1'],
    ['stays pending until a failure is confirmed', 'dd', ''],
    ['is down after three refusals, since the first', 'uddd', 'UP@1 DOWN@2 +2'],
    ['forgives two failures', 'uddudd', 'UP@1'],
    ['recovers after two good answers, since the first', 'uddduu', 'UP@1 DOWN@2 +2 UP@5 -5'],
    ['does not recover on a single good answer', 'udddud', 'UP@1 DOWN@2 +2'],
    ['is degraded when bad answers differ in grade', 'uggd', 'UP@1 DEGRADED@2'],
    ['worsens from degraded to down', 'ugggddd', 'UP@1 DEGRADED@2 DOWN@5 +5'],
    ['is first degraded, then down, when the run worsens', 'ugdddd', 'UP@1 DEGRADED@2 DOWN@3 +3'],
    ['improves from down to degraded', 'udddgg', 'UP@1 DOWN@2 +2 DEGRADED@5 -5'],
    ['goes up through degraded', 'udddguu', 'UP@1 DOWN@2 +2 DEGRADED@5 -5 UP@6'],
    ['is down without ever having been up', 'ddd', 'DOWN@1 +1'],
    ['shows unknown while we cannot see', 'uxxu', 'UP@1 UNKNOWN@2 UP@4'],
    ['neither counts nor forgets over a fault of ours', 'udxdd', 'UP@1 UNKNOWN@3 UP@4 DOWN@2 +2'],
    ['keeps the outage open while we cannot see', 'udddxd', 'UP@1 DOWN@2 +2 UNKNOWN@5 DOWN@6'],
    ['has no opinion about time that nobody watched', 'u...u', 'UP@1 UNKNOWN@2 UP@5'],
    ['does not join failures over time that nobody watched', 'udd...d', 'UP@1 UNKNOWN@4 UP@7'],
    ['overlooks one missing beat', 'u.u', 'UP@1'],
    ['closes the outage at a pause', 'udddP', 'UP@1 DOWN@2 +2 PAUSED@5 -5'],
    ['starts afresh after a pause', 'uddPRddu', 'UP@1 PAUSED@4 PENDING@5 UP@8'],
    ['hears nothing while paused', 'uPdddd', 'UP@1 PAUSED@2'],
    ['sees no gap in a pause', 'uP......Ru', 'UP@1 PAUSED@2 PENDING@9 UP@10'],
    ['opens nothing in maintenance', 'uMdddd', 'UP@1 MAINTENANCE@2'],
    [
      'opens at the end of maintenance what is still down',
      'uMddddm',
      'UP@1 MAINTENANCE@2 DOWN@7 +7',
    ],
    ['forgets an outage that healed in maintenance', 'uMddduum', 'UP@1 MAINTENANCE@2 UP@8'],
    ['closes in maintenance what heals there', 'udddMuu', 'UP@1 DOWN@2 +2 MAINTENANCE@5 -6'],
    ['counts from the end of maintenance', 'uMddmd', 'UP@1 MAINTENANCE@2 UP@5 DOWN@5 +5'],
    ['stays paused when maintenance ends', 'uPMm', 'UP@1 PAUSED@2'],
  ])('%s', (_, letters, story) => expect(play(letters).story).toBe(story))

  it('waits for the time as well as for the count', () => {
    expect(play('uddddd', { failAfter: 1, failForMs: 180_000 }).story).toBe('UP@1 DOWN@2 +2')
    expect(play('udddu', { failAfter: 1, failForMs: 180_000 }).story).toBe('UP@1')
    expect(play('uduuu', { failAfter: 1, recoverForMs: 120_000 }).story).toBe(
      'UP@1 DOWN@2 +2 UP@3 -3',
    )
  })

  it('tells the reason of a failure and none of a recovery', () => {
    const reasons = play('uddduu').effects.map((e) => (e.kind === 'shown' ? e.reason : ''))
    expect(reasons).toEqual([null, 'd', '', null, ''])
    expect(play('u...u').effects[1]).toMatchObject({ to: 'UNKNOWN', reason: GAP_REASON })
  })

  it('is suspect while a run is open, and only then', () => {
    const suspects = ['u', 'ud', 'udu', 'uddd', 'udddu', 'uddduu', 'd', 'udP', 'udx'].map((l) =>
      isSuspect(play(l).state),
    )
    expect(suspects).toEqual([false, true, false, false, true, false, true, false, true])
  })

  it('does not hear a result of before the pause after it', () => {
    const { state } = play('uPR')
    const late = step(state, eventOf('d', 2.5 * MINUTE_US), RULES)
    expect(late).toEqual({ state, effects: [] })
  })

  it('moves its fence while paused, so that a result is stale after the pause', () => {
    const paused = play('uPd').state
    expect(paused.fenceUs).toBe(3 * MINUTE_US)
    const resumed = step(paused, eventOf('R', 2.5 * MINUTE_US), RULES).state
    expect(step(resumed, eventOf('d', 3 * MINUTE_US), RULES).effects).toEqual([])
  })

  it('does not change what it was given', () => {
    const state = Object.freeze(play('udd').state) as MachineState
    expect(() => step(state, eventOf('d', 9 * MINUTE_US), RULES)).not.toThrow()
    expect(shownStatus(state)).toBe('UP')
  })
})
