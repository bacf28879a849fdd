import { shallowRef, type ShallowRef } from 'vue'
import type { HeartbeatStatus } from '../../generated/operations.ts'

export interface BeatMark {
  at: string
  status: HeartbeatStatus
  latencyMs: number | null
}

export interface PackedBeats {
  monitorIds: readonly string[]
  slots: readonly string[]
  statuses: readonly HeartbeatStatus[]
  latenciesMs: readonly (number | null)[]
}

const KEPT = 60

/**
 * The beats that came over the live stream, outside the normalised cache: one ring a monitor, so that a beat
 * re-renders one row and nothing else.
 */
export class BeatRings {
  private readonly rings = new Map<string, ShallowRef<readonly BeatMark[]>>()

  /** Oldest first; empty until something comes. */
  of(monitorId: string): Readonly<ShallowRef<readonly BeatMark[]>> {
    return this.ring(monitorId)
  }

  /** Adds what is newer than the last of each ring; each ring changes at most once a call. */
  add(packs: readonly PackedBeats[]): void {
    const added = new Map<string, BeatMark[]>()
    for (const pack of packs) {
      pack.monitorIds.forEach((id, index) => {
        const beat = beatAt(pack, index)
        if (!beat) return
        const list = added.get(id)
        if (list) list.push(beat)
        else added.set(id, [beat])
      })
    }
    for (const [id, beats] of added) {
      const ring = this.ring(id)
      const last = ring.value.at(-1)?.at ?? ''
      const newer = beats.filter(({ at }) => at > last)
      if (newer.length > 0) ring.value = [...ring.value, ...newer].slice(-KEPT)
    }
  }

  drop(monitorId: string): void {
    this.rings.delete(monitorId)
  }

  /** What is kept may have holes now. */
  clear(): void {
    for (const ring of this.rings.values()) ring.value = []
  }

  private ring(monitorId: string): ShallowRef<readonly BeatMark[]> {
    let ring = this.rings.get(monitorId)
    if (!ring) this.rings.set(monitorId, (ring = shallowRef<readonly BeatMark[]>([])))
    return ring
  }
}

/** The rings of this tab. */
export const beatRings = new BeatRings()

/** The last `count` of a snapshot continued by what came live after it. Times are ISO texts in UTC and sort as such. */
export function continueBeats(
  snapshot: readonly BeatMark[],
  live: readonly BeatMark[],
  count: number,
): readonly BeatMark[] {
  const last = snapshot.at(-1)?.at ?? ''
  const newer = live.filter(({ at }) => at > last)
  return newer.length === 0 ? snapshot.slice(-count) : [...snapshot, ...newer].slice(-count)
}

function beatAt(pack: PackedBeats, index: number): BeatMark | null {
  const at = pack.slots[index]
  const status = pack.statuses[index]
  return at && status ? { at, status, latencyMs: pack.latenciesMs[index] ?? null } : null
}
