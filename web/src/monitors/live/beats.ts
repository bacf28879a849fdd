import { readonly, ref, shallowRef, type Ref, type ShallowRef } from 'vue'
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
 * The last beats of each monitor, outside the normalised cache: one ring a monitor, so that a beat re-renders one row
 * and nothing else. A ring begins with what the server has (`seed`) and goes on live (`add`). Times are ISO texts in
 * UTC and sort as such.
 */
export class BeatRings {
  private readonly rings = new Map<string, ShallowRef<readonly BeatMark[]>>()
  private readonly seeded = new Set<string>()
  private readonly generationRef = ref(0)
  /** Rises when every ring must be seeded anew. */
  readonly generation: Readonly<Ref<number>> = readonly(this.generationRef)

  /** Oldest first; empty until something comes. */
  of(monitorId: string): Readonly<ShallowRef<readonly BeatMark[]>> {
    return this.ring(monitorId)
  }

  isSeeded(monitorId: string): boolean {
    return this.seeded.has(monitorId)
  }

  /** Begins a ring with what the server had; what came live after it stays. */
  seed(monitorId: string, beats: readonly BeatMark[]): void {
    this.seeded.add(monitorId)
    const ring = this.ring(monitorId)
    const last = beats.at(-1)?.at ?? ''
    ring.value = [...beats, ...ring.value.filter(({ at }) => at > last)].slice(-KEPT)
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
    this.seeded.delete(monitorId)
  }

  /** The rings may have holes now: they stay on screen until they are seeded anew. */
  forget(): void {
    this.seeded.clear()
    this.generationRef.value += 1
  }

  private ring(monitorId: string): ShallowRef<readonly BeatMark[]> {
    let ring = this.rings.get(monitorId)
    if (!ring) this.rings.set(monitorId, (ring = shallowRef<readonly BeatMark[]>([])))
    return ring
  }
}

/** The rings of this tab. */
export const beatRings = new BeatRings()

function beatAt(pack: PackedBeats, index: number): BeatMark | null {
  const at = pack.slots[index]
  const status = pack.statuses[index]
  return at && status ? { at, status, latencyMs: pack.latenciesMs[index] ?? null } : null
}
