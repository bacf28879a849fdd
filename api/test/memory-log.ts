import type { CommittedEvents, HubDatabase, LoggedEvent, NewEvent } from '../src/events/index.ts'

/** A database double for tests: one workspace's log in memory, answering the hub's two questions. */
export class MemoryLog implements HubDatabase {
  epoch = 1
  /** Positions up to here are beyond retention. */
  droppedTo = 0
  /** Set to make every read fail. */
  failure: Error | undefined
  reads = 0
  readonly notified: string[] = []
  readonly events: LoggedEvent[] = []
  private readonly ears = new Set<(payload: string) => void>()

  constructor(readonly workspaceId: string) {}

  get position(): number {
    return this.events.length
  }

  /** Commits events; the answer is what a writer tells its hub. */
  append(...events: NewEvent[]): CommittedEvents {
    const logged = events.map((event, n) => ({ ...event, position: this.position + n + 1 }))
    this.events.push(...logged)
    return { workspaceId: this.workspaceId, epoch: this.epoch, events: logged }
  }

  readonly worker = {
    query: async (_sql: string, parameters: unknown[] = []): Promise<unknown> => {
      await Promise.resolve()
      if (this.failure) throw this.failure
      if (parameters.length === 1) return this.heads(parameters[0] as string[])
      this.reads++
      return this.page(...(parameters as [string, number, number]))
    },
  }

  listen(_channel: string, heard: (payload: string) => void): Promise<() => Promise<void>> {
    this.ears.add(heard)
    heard('')
    return Promise.resolve(async () => void this.ears.delete(heard))
  }

  async notify(_channel: string, payload: string): Promise<void> {
    this.notified.push(payload)
    await Promise.resolve()
    for (const heard of this.ears) heard(payload)
  }

  private heads(workspaceIds: string[]): object[] {
    if (!workspaceIds.includes(this.workspaceId)) return []
    return [{ workspace_id: this.workspaceId, position: `${this.position}`, epoch: this.epoch }]
  }

  private page(workspaceId: string, after: number, limit: number): object[] {
    if (workspaceId !== this.workspaceId) return []
    const head = { head: `${this.position}`, epoch: this.epoch }
    const from = Math.max(after, this.droppedTo)
    const events = this.events.slice(from, from + limit)
    if (!events.length) return [{ ...head, position: null, kind: null, at: null, body: null }]
    return events.map((event) => ({ ...head, ...event, position: `${event.position}` }))
  }
}

/** A commit about one monitor. */
export function updated(monitorId = 'm1'): NewEvent {
  return { kind: 'monitor.updated', at: new Date(0), body: { monitorId } }
}

/** One flush of beats. */
export function beats(...monitorIds: string[]): NewEvent {
  const ids = monitorIds.length ? monitorIds : ['m1']
  return {
    kind: 'heartbeats.recorded',
    at: new Date(0),
    body: {
      monitorIds: ids,
      slots: ids.map((_, n) => n),
      statuses: ids.map(() => 1),
      latenciesUs: ids.map((_, n) => (n % 2 ? null : 1_500)),
    },
  }
}
