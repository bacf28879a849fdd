import { type MachineState, type Step, step } from '../state/machine.ts'

export type Command = 'pause' | 'resume' | 'delete' | 'restore'

export const RESTORABLE_FOR_MS = 24 * 3_600_000

/** A monitor as a command finds it. */
export interface Standing {
  isPaused: boolean
  deletedAtMs: number | null
}

/** `null`: there is no such monitor for this command. Unchanged: it was so already. */
export type Decision = { isChanged: false } | { isChanged: true; standing: Standing; step: Step }

const UNCHANGED: Decision = { isChanged: false }

/** What a command does to a monitor. Pure. A deleted monitor is not there, except to be restored in time. */
export function decide(
  command: Command,
  standing: Standing,
  machine: MachineState,
  nowMs: number,
): Decision | null {
  const { isPaused, deletedAtMs } = standing
  if (command === 'restore') {
    if (deletedAtMs === null) return UNCHANGED
    if (nowMs - deletedAtMs >= RESTORABLE_FOR_MS) return null
    const resumed = isPaused ? still(machine) : watch(machine, nowMs)
    return { isChanged: true, standing: { isPaused, deletedAtMs: null }, step: resumed }
  }
  if (deletedAtMs !== null) return null
  if (command === 'delete')
    return {
      isChanged: true,
      standing: { isPaused, deletedAtMs: nowMs },
      step: rest(machine, nowMs),
    }
  if (command === 'pause')
    return isPaused
      ? UNCHANGED
      : { isChanged: true, standing: { isPaused: true, deletedAtMs }, step: rest(machine, nowMs) }
  return isPaused
    ? { isChanged: true, standing: { isPaused: false, deletedAtMs }, step: watch(machine, nowMs) }
    : UNCHANGED
}

/** Rules matter to beats only. */
const NO_RULES = { intervalMs: 1, failAfter: 1, failForMs: 0, recoverAfter: 1, recoverForMs: 0 }

const rest = (machine: MachineState, nowMs: number): Step =>
  step(machine, { kind: 'paused', atUs: nowMs * 1000 }, NO_RULES)

const watch = (machine: MachineState, nowMs: number): Step =>
  step(machine, { kind: 'resumed', atUs: nowMs * 1000 }, NO_RULES)

const still = (machine: MachineState): Step => ({ state: machine, effects: [] })
