const GAMMA = 1.12
const LOG_GAMMA = Math.log(GAMMA)

/** A percentile read from the histogram is at most this far from the true one, relative to it. */
export const QUANTILE_ERROR = (GAMMA - 1) / (GAMMA + 1)

/** Bucket i holds the latencies in (1.12^(i-1), 1.12^i] µs. */
function bucketOf(latencyUs: number): number {
  return latencyUs <= 1 ? 0 : Math.ceil(Math.log(latencyUs) / LOG_GAMMA)
}

/** The value of a bucket whose relative distance to both of its ends is the same. */
function middleOf(bucket: number): number {
  return (2 * GAMMA ** bucket) / (GAMMA + 1)
}

/** Latencies of many checks in a few numbers: count, sum, extremes and a histogram of logarithmic buckets. */
export class LatencyTally {
  count = 0
  sumUs = 0
  minUs: number | null = null
  maxUs: number | null = null
  private readonly counts = new Map<number, number>()
  /** A stored histogram that nobody has needed yet. */
  private unread = ''

  add(latencyUs: number): void {
    this.count++
    this.sumUs += latencyUs
    this.widen(latencyUs, latencyUs)
    const [buckets, bucket] = [this.buckets(), bucketOf(latencyUs)]
    buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1)
  }

  merge(other: LatencyTally): void {
    this.count += other.count
    this.sumUs += other.sumUs
    if (other.minUs !== null && other.maxUs !== null) this.widen(other.minUs, other.maxUs)
    const buckets = this.buckets()
    for (const [bucket, count] of other.buckets())
      buckets.set(bucket, (buckets.get(bucket) ?? 0) + count)
  }

  meanUs(): number | null {
    return this.count ? this.sumUs / this.count : null
  }

  /** The latency that the share `p` (0..1) of all does not exceed, within QUANTILE_ERROR; null without any. */
  quantileUs(p: number): number | null {
    if (this.minUs === null || this.maxUs === null) return null
    const rank = Math.max(1, Math.ceil(p * this.count))
    let seen = 0
    for (const [bucket, count] of this.sorted()) {
      seen += count
      if (seen >= rank) return Math.min(this.maxUs, Math.max(this.minUs, middleOf(bucket)))
    }
    return this.maxUs
  }

  /** The histogram as it is stored: bucket, count, bucket, count …, buckets ascending, none empty. */
  toArray(): number[] {
    return this.sorted().flat()
  }

  /** A stored tally; `histogram` is what `toArray` gave, joined by commas. It is parsed when it is needed. */
  static of(stored: {
    count: number
    sumUs: number
    minUs: number | null
    maxUs: number | null
    histogram: string
  }): LatencyTally {
    const tally = new LatencyTally()
    tally.count = stored.count
    tally.sumUs = stored.sumUs
    tally.minUs = stored.minUs
    tally.maxUs = stored.maxUs
    tally.unread = stored.histogram
    return tally
  }

  private buckets(): Map<number, number> {
    if (this.unread) {
      const numbers = this.unread.split(',').map(Number)
      this.unread = ''
      for (let i = 0; i + 1 < numbers.length; i += 2) this.counts.set(numbers[i]!, numbers[i + 1]!)
    }
    return this.counts
  }

  private sorted(): [number, number][] {
    return [...this.buckets()].sort(([a], [b]) => a - b)
  }

  private widen(minUs: number, maxUs: number): void {
    this.minUs = Math.min(this.minUs ?? minUs, minUs)
    this.maxUs = Math.max(this.maxUs ?? maxUs, maxUs)
  }
}
