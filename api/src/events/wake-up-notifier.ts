import type { Clock } from '../lib/clock.ts'
import type { Log } from '../lib/log.ts'

const SPACING_MS = 20
/** PostgreSQL refuses payloads of 8,000 bytes; an entry takes at most 36 + 1 + 15 + 1. */
const MOST_NAMED = 140

/** Heads by workspace; an empty text means "look at every head". */
export function encodeWakeUp(heads: ReadonlyMap<string, number>): string {
  if (heads.size > MOST_NAMED) return ''
  return [...heads].map(([workspaceId, position]) => `${workspaceId}:${position}`).join(',')
}

/** The heads a wake-up names; undefined means "look at every head". */
export function decodeWakeUp(payload: string): Map<string, number> | undefined {
  const heads = new Map<string, number>()
  for (const entry of payload.split(',')) {
    const [workspaceId, position] = entry.split(':')
    if (!workspaceId || !position || !/^\d+$/.test(position)) return undefined
    heads.set(workspaceId, Number(position))
  }
  return heads
}

/** Tells other processes of new heads: at once after a pause, and at most every 20 ms under load. */
export class WakeUpNotifier {
  private heads = new Map<string, number>()
  private isWaiting = false
  private cancel: (() => void) | undefined

  constructor(
    private readonly send: (payload: string) => Promise<void>,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  add(workspaceId: string, position: number): void {
    this.heads.set(workspaceId, Math.max(position, this.heads.get(workspaceId) ?? 0))
    if (!this.isWaiting) this.flush()
  }

  stop(): void {
    this.cancel?.()
    this.heads.clear()
    this.isWaiting = true
  }

  private flush(): void {
    if (!this.heads.size) return
    const payload = encodeWakeUp(this.heads)
    this.heads = new Map()
    this.isWaiting = true
    void this.send(payload)
      .catch((error: unknown) => this.log.warn({ err: error }, 'Other processes were not woken'))
      .finally(() => {
        this.cancel = this.clock.after(SPACING_MS, () => {
          this.isWaiting = false
          this.flush()
        })
      })
  }
}
