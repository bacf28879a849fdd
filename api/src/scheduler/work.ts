import { MESSAGE_UNSEEN } from './texts.ts'
import type { CheckOutcome } from '../checks/index.ts'
import type { WatchedMonitor } from '../monitors/index.ts'

/** One monitor in a worker's hands. */
export interface Work {
  monitor: WatchedMonitor
  /** Under which its next or running check is kept, ms since 1970. */
  slotMs: number
  isRunning: boolean
  /** This process stood still while the check ran: its result says nothing. */
  isTainted: boolean
  /** Its settings changed while it ran: check again at once. */
  isEdited: boolean
}

export function newWork(monitor: WatchedMonitor): Work {
  return { monitor, slotMs: 0, isRunning: false, isTainted: false, isEdited: false }
}

/** Whether a result may change what people see, so that it must be recorded without delay. */
export function mayChangeStatus(
  monitor: WatchedMonitor,
  verdict: CheckOutcome['verdict'],
): boolean {
  if (monitor.shown === 'MAINTENANCE') return false
  return monitor.isSuspect || monitor.shown !== verdict
}

/** The result of a check that we spoiled ourselves. */
export function unseen(): CheckOutcome {
  return {
    verdict: 'UNKNOWN',
    latencyUs: null,
    timings: null,
    statusCode: null,
    message: MESSAGE_UNSEEN,
    certificate: null,
    conditions: [],
    evidence: null,
  }
}
