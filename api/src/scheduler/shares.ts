/** How many monitors one of several workers should own: its part, and a little more so that none is left over. */
export function fairShare(monitors: number, workers: number): number {
  const part = monitors / Math.max(1, workers)
  return Math.ceil(part + Math.max(1, part * 0.05))
}

/** How many monitors a worker should give back. */
export function surplus(
  shares: ReadonlyMap<number, number>,
  epoch: number,
  workers: number,
): number {
  const total = [...shares.values()].reduce((sum, n) => sum + n, 0)
  const own = shares.get(epoch) ?? 0
  if (own <= fairShare(total, workers)) return 0
  return own - Math.ceil(total / Math.max(1, workers))
}
