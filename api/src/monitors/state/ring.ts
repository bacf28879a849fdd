/** One beat as `monitor_state.recent` keeps it. */
export interface RingBeat {
  /** ms since 1970 */
  atMs: number
  /** code of HEARTBEAT_STATUS */
  status: number
  latencyUs: number | null
}

export const RING_BEATS = 50
const BEAT_BYTES = 11
export const RING_BYTES = RING_BEATS * BEAT_BYTES
const NO_LATENCY = 0xffffffff

/** Adds beats, oldest first, and forgets all but the last fifty. Layout: ms 6 bytes, status 1, latency µs 4. */
export function appendToRing(ring: Buffer, beats: readonly RingBeat[]): Buffer {
  const added = Buffer.alloc(beats.length * BEAT_BYTES)
  beats.forEach((beat, i) => {
    const latency = Math.min(Math.max(0, beat.latencyUs ?? NO_LATENCY), NO_LATENCY)
    added.writeUIntBE(beat.atMs, i * BEAT_BYTES, 6)
    added.writeUInt8(beat.status, i * BEAT_BYTES + 6)
    added.writeUInt32BE(latency, i * BEAT_BYTES + 7)
  })
  return Buffer.concat([ring, added]).subarray(-RING_BYTES)
}

/** The last `limit` beats of a ring, oldest first. */
export function readRing(ring: Buffer, limit: number = RING_BEATS): RingBeat[] {
  const count = Math.floor(ring.length / BEAT_BYTES)
  const first = Math.max(0, count - Math.max(0, limit))
  return Array.from({ length: count - first }, (_, i) => {
    const at = (first + i) * BEAT_BYTES
    const latency = ring.readUInt32BE(at + 7)
    return {
      atMs: ring.readUIntBE(at, 6),
      status: ring.readUInt8(at + 6),
      latencyUs: latency === NO_LATENCY ? null : latency,
    }
  })
}
