import type { MonitorStatus } from '../../lib/status.ts'
import type { Rollup } from '../rollups/roll-up.ts'
import { worstOf } from '../spans/durations.ts'
import type { LatencyPoint } from './latency-series.object.ts'

/** A point of a series that works out only what is asked of it: bars need no percentiles. */
export class RolledUpPoint implements LatencyPoint {
  readonly at: Date
  readonly count: number
  readonly status: MonitorStatus

  constructor(
    atMs: number,
    private readonly rollup: Rollup,
  ) {
    this.at = new Date(atMs)
    this.count = rollup.count
    this.status = worstOf(rollup.time)
  }

  get avgMs(): number | null {
    return msOf(this.rollup.latency.meanUs())
  }

  get minMs(): number | null {
    return msOf(this.rollup.latency.minUs)
  }

  get maxMs(): number | null {
    return msOf(this.rollup.latency.maxUs)
  }

  get p50Ms(): number | null {
    return msOf(this.rollup.latency.quantileUs(0.5))
  }

  get p95Ms(): number | null {
    return msOf(this.rollup.latency.quantileUs(0.95))
  }

  get p99Ms(): number | null {
    return msOf(this.rollup.latency.quantileUs(0.99))
  }
}

const msOf = (us: number | null): number | null => (us === null ? null : us / 1000)
