import type { BeatMark, BeatRings } from './beats.ts'

export type ReadBeats = (
  ids: readonly string[],
) => Promise<readonly { id: string; recentHeartbeats: readonly BeatMark[] }[]>

/** Rows come into sight together: they are asked for together. */
const GATHER_MS = 20
const MOST_AT_ONCE = 100

/** Seeds the rings of the monitors that somebody looks at, each once, many in one question. */
export class BeatHistory {
  private wanted = new Set<string>()
  private readonly asked = new Set<string>()
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(
    private readonly rings: BeatRings,
    private readonly read: ReadBeats,
  ) {}

  want(monitorId: string): void {
    if (this.rings.isSeeded(monitorId) || this.asked.has(monitorId)) return
    this.wanted.add(monitorId)
    this.timer ??= setTimeout(() => void this.ask(), GATHER_MS)
  }

  private async ask(): Promise<void> {
    this.timer = undefined
    const ids = [...this.wanted]
    this.wanted = new Set()
    for (let at = 0; at < ids.length; at += MOST_AT_ONCE)
      await this.seed(ids.slice(at, at + MOST_AT_ONCE))
  }

  private async seed(ids: readonly string[]): Promise<void> {
    const generation = this.rings.generation.value
    for (const id of ids) this.asked.add(id)
    try {
      const answers = await this.read(ids)
      // Read before a hole in the stream: what lies in the hole is missing in it.
      if (generation === this.rings.generation.value)
        for (const { id, recentHeartbeats } of answers) this.rings.seed(id, recentHeartbeats)
    } catch {
      // They are wanted again when the connection is back.
    }
    for (const id of ids) this.asked.delete(id)
    if (generation !== this.rings.generation.value) ids.forEach((id) => this.want(id))
  }
}
