/** How many components show each monitor at present. */
const counts = new Map<string, number>()

/** The monitors that are on screen. */
export function seenMonitors(): string[] {
  return [...counts.keys()]
}

/** Notes that one more component shows it; answers what takes that back. */
export function see(monitorId: string): () => void {
  counts.set(monitorId, (counts.get(monitorId) ?? 0) + 1)
  return () => {
    const rest = (counts.get(monitorId) ?? 1) - 1
    if (rest > 0) counts.set(monitorId, rest)
    else counts.delete(monitorId)
  }
}
