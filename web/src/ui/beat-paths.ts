import { statusLooks, type Status } from './status.ts'

export interface Beat {
  status: Status
  at?: string | number | Date
  latencyMs?: number | null
}

/** Width of one bar and the gap behind it, in units of the drawing. */
export const BEAT_STEP = 5
const BEAT_WIDTH = 3.6

/** One path per state, in a drawing `slots * BEAT_STEP` wide and `height` high; the newest beat is rightmost. */
export function beatPaths(
  beats: readonly Beat[],
  slots: number,
  height: number,
): { status: Status; path: string }[] {
  const shown = beats.slice(-slots)
  const first = slots - shown.length
  const paths = new Map<Status, string>()
  shown.forEach(({ status }, index) => {
    const barHeight = Math.round(statusLooks[status].barHeight * height * 10) / 10
    const x = (first + index) * BEAT_STEP
    const y = Math.round(((height - barHeight) / 2) * 10) / 10
    const bar = `M${x} ${y}h${BEAT_WIDTH}v${barHeight}h-${BEAT_WIDTH}z`
    paths.set(status, (paths.get(status) ?? '') + bar)
  })
  return [...paths].map(([status, path]) => ({ status, path }))
}

/** How many beats of each state, most frequent first. */
export function countBeats(beats: readonly Beat[]): { status: Status; count: number }[] {
  const counts = new Map<Status, number>()
  for (const { status } of beats) counts.set(status, (counts.get(status) ?? 0) + 1)
  return [...counts].map(([status, count]) => ({ status, count })).sort((a, b) => b.count - a.count)
}
