import { onScopeDispose, shallowReactive, watch } from 'vue'

/** How often the runs of one job are read again, however often it reports. */
const SPACING_MS = 1_000

const starts = shallowReactive(new Map<string, number>())

/** Somebody may be looking at the runs of this job: it has begun another. */
export function tellJobStarted(monitorId: string): void {
  starts.set(monitorId, (starts.get(monitorId) ?? 0) + 1)
}

/** Reads again when the job starts or `finished` changes, and once more on what came meanwhile; at most once a second. */
export function useRereadOnRuns(
  monitorId: () => string,
  finished: () => unknown,
  reread: () => Promise<void>,
): void {
  let isWanted = false
  let rest: ReturnType<typeof setTimeout> | undefined

  function read(): void {
    isWanted = rest !== undefined
    if (isWanted) return
    rest = setTimeout(() => {
      rest = undefined
      if (isWanted) read()
    }, SPACING_MS)
    void reread()
  }
  watch([() => starts.get(monitorId()), finished], read)
  onScopeDispose(() => clearTimeout(rest))
}
