import type { StatusChange } from './monitor-events.ts'

type Listener = (changes: readonly StatusChange[]) => void
const listeners = new Set<Listener>()

/** Told of changes of status as they come over the live stream; answers what stops it. */
export function onStatusChange(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The same for one monitor. */
export function onStatusChangeOf(monitorId: string, listener: () => void): () => void {
  return onStatusChange((changes) => {
    if (changes.some((change) => change.monitorId === monitorId)) listener()
  })
}

export function tellStatusChanges(changes: readonly StatusChange[]): void {
  for (const listener of listeners) listener(changes)
}
