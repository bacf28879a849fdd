import type { HeartbeatStatus, MonitorStatus } from '../../lib/status.ts'
import { confirm, support, type Suspicion } from './suspicion.ts'

/** What one check says. UNKNOWN is a fault of ours: it never counts for or against the target. */
export type Verdict = Exclude<HeartbeatStatus, 'MAINTENANCE'>
export type ConfirmedStatus = 'PENDING' | 'UP' | 'DEGRADED' | 'DOWN'

/** When a change of status is believed. Durations in milliseconds. */
export interface MachineRules {
  intervalMs: number
  failAfter: number
  failForMs: number
  recoverAfter: number
  recoverForMs: number
}

/** Everything the machine remembers of a monitor. Times are µs since 1970. */
export interface MachineState {
  confirmed: ConfirmedStatus
  isPaused: boolean
  isInMaintenance: boolean
  /** Our own eyes are shut: the last result was a fault of ours. */
  isBlind: boolean
  hasOutage: boolean
  /** Results at or before this time are stale. */
  fenceUs: number
  lastBeat: { slotUs: number; intervalMs: number } | null
  suspicions: Suspicion[]
}

export type MachineEvent =
  | { kind: 'beat'; slotUs: number; verdict: Verdict; reason: string | null }
  | { kind: 'paused' | 'resumed' | 'maintenanceStarted' | 'maintenanceEnded'; atUs: number }

/** `sinceUs` lies before `atUs` when the change is backdated to the first result of its run. */
export type Effect =
  | {
      kind: 'shown'
      from: MonitorStatus
      to: MonitorStatus
      atUs: number
      sinceUs: number
      reason: string | null
    }
  | { kind: 'outageOpened' | 'outageClosed'; sinceUs: number }

export interface Step {
  state: MachineState
  effects: Effect[]
}

const GAP_SLACK_MS = 5_000
export const GAP_REASON = 'Nothing was checked in this time: the server was stopped or overloaded.'

export function initialState(): MachineState {
  return {
    confirmed: 'PENDING',
    isPaused: false,
    isInMaintenance: false,
    isBlind: false,
    hasOutage: false,
    fenceUs: 0,
    lastBeat: null,
    suspicions: [],
  }
}

/** What people see: overlays over the confirmed status. */
export function shownStatus(state: MachineState): MonitorStatus {
  if (state.isPaused) return 'PAUSED'
  if (state.isInMaintenance) return 'MAINTENANCE'
  return state.isBlind ? 'UNKNOWN' : state.confirmed
}

/** Whether the next result may decide something, so that it's worth asking sooner. */
export function isSuspect(state: MachineState): boolean {
  return !state.isPaused && state.suspicions.length > 0
}

/** One step of the machine. Pure: the same state, event and rules always give the same answer. */
export function step(state: MachineState, event: MachineEvent, rules: MachineRules): Step {
  switch (event.kind) {
    case 'beat':
      return stepBeat(state, event, rules)
    case 'paused':
      return state.isPaused ? unchanged(state) : pause(state, event.atUs)
    case 'resumed':
      return state.isPaused ? resume(state, event.atUs) : unchanged(state)
    case 'maintenanceStarted':
      return state.isInMaintenance ? unchanged(state) : startMaintenance(state, event.atUs)
    case 'maintenanceEnded':
      return state.isInMaintenance ? endMaintenance(state, event.atUs) : unchanged(state)
  }
}

function stepBeat(
  state: MachineState,
  beat: Extract<MachineEvent, { kind: 'beat' }>,
  rules: MachineRules,
): Step {
  if (beat.slotUs <= state.fenceUs) return unchanged(state)
  if (state.isPaused) return { state: { ...state, fenceUs: beat.slotUs }, effects: [] }
  const gap = closeGap(state, beat.slotUs)
  const judged = judge(gap.state, beat, rules)
  const lastBeat = { slotUs: beat.slotUs, intervalMs: rules.intervalMs }
  return {
    state: { ...judged.state, fenceUs: beat.slotUs, lastBeat },
    effects: [...gap.effects, ...judged.effects],
  }
}

/** A beat much later than promised: the time between was not watched, and no run reaches across it. */
function closeGap(state: MachineState, slotUs: number): Step {
  const last = state.lastBeat
  if (!last) return unchanged(state)
  const expectedByUs = last.slotUs + (2 * last.intervalMs + GAP_SLACK_MS) * 1000
  if (slotUs <= expectedByUs) return unchanged(state)
  const blind = { ...state, isBlind: true, suspicions: [] }
  const sinceUs = Math.max(last.slotUs + last.intervalMs * 1000, state.fenceUs)
  return { state: blind, effects: shown(state, blind, sinceUs, sinceUs, GAP_REASON) }
}

function judge(
  state: MachineState,
  beat: { slotUs: number; verdict: Verdict; reason: string | null },
  rules: MachineRules,
): Step {
  const { slotUs, verdict, reason } = beat
  if (verdict === 'UNKNOWN') {
    const blind = { ...state, isBlind: true }
    return { state: blind, effects: shown(state, blind, slotUs, slotUs, reason) }
  }
  const suspicions = support(state.confirmed, state.suspicions, verdict, slotUs)
  const verdictNow = confirm(state.confirmed, suspicions, slotUs, rules)
  const seeing: MachineState = { ...state, ...verdictNow.next, isBlind: false }
  const sinceUs = verdictNow.sinceUs ?? slotUs
  const after = accountOutage(seeing, sinceUs)
  const why = after.state.confirmed === 'UP' ? null : reason
  return {
    state: after.state,
    effects: [...shown(state, after.state, slotUs, sinceUs, why), ...after.effects],
  }
}

function pause(state: MachineState, atUs: number): Step {
  const at = Math.max(atUs, state.fenceUs)
  const paused: MachineState = { ...cleared(state), isPaused: true, fenceUs: at }
  const after = accountOutage(paused, at)
  return { state: after.state, effects: [...shown(state, paused, at, at, null), ...after.effects] }
}

function resume(state: MachineState, atUs: number): Step {
  const at = Math.max(atUs, state.fenceUs)
  const resumed: MachineState = { ...cleared(state), isPaused: false, fenceUs: at }
  return { state: resumed, effects: shown(state, resumed, at, at, null) }
}

function startMaintenance(state: MachineState, atUs: number): Step {
  const at = Math.max(atUs, state.fenceUs)
  const inside: MachineState = { ...state, isInMaintenance: true, fenceUs: at }
  return { state: inside, effects: shown(state, inside, at, at, null) }
}

/** Runs that began inside the window count from its end; what is still down opens now. */
function endMaintenance(state: MachineState, atUs: number): Step {
  const at = Math.max(atUs, state.fenceUs)
  const outside: MachineState = {
    ...state,
    isInMaintenance: false,
    fenceUs: at,
    suspicions: state.suspicions.map((s) => ({ ...s, sinceUs: at })),
  }
  const after = accountOutage(outside, at)
  return { state: after.state, effects: [...shown(state, outside, at, at, null), ...after.effects] }
}

function accountOutage(state: MachineState, sinceUs: number): Step {
  const isDown = state.confirmed === 'DOWN'
  if (isDown && !state.hasOutage && !state.isInMaintenance)
    return { state: { ...state, hasOutage: true }, effects: [{ kind: 'outageOpened', sinceUs }] }
  if (!isDown && state.hasOutage)
    return { state: { ...state, hasOutage: false }, effects: [{ kind: 'outageClosed', sinceUs }] }
  return unchanged(state)
}

function cleared(state: MachineState): MachineState {
  return { ...state, confirmed: 'PENDING', isBlind: false, lastBeat: null, suspicions: [] }
}

function shown(
  before: MachineState,
  after: MachineState,
  atUs: number,
  sinceUs: number,
  reason: string | null,
): Effect[] {
  const [from, to] = [shownStatus(before), shownStatus(after)]
  return from === to ? [] : [{ kind: 'shown', from, to, atUs, sinceUs, reason }]
}

function unchanged(state: MachineState): Step {
  return { state, effects: [] }
}

/**
 * Until when somebody looked, ms since 1970: now, while the next beat is not yet overdue; the moment it was due,
 * once it is. Null for a monitor that waits for its first beat.
 */
export function coveredUntil({ lastBeat }: MachineState, nowMs: number): number | null {
  if (!lastBeat) return null
  const dueMs = Math.floor(lastBeat.slotUs / 1000) + lastBeat.intervalMs
  return nowMs <= dueMs + lastBeat.intervalMs + GAP_SLACK_MS ? nowMs : dueMs
}
