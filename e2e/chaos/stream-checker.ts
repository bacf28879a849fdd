/** The truth: the ids of all events of a log, in order. An event's id is the cursor right after it. */
export interface StreamLog {
  /** The cursor before the first event. */
  start: string
  ids: string[]
}

export interface RecordedBatch {
  cursor: string
  resync: boolean
  events: { id: string }[]
}

/** What one subscriber was told, over all of its connections, in the order in which it came. */
export interface Recording {
  name: string
  /** The cursor from which it wanted to be told. */
  from: string
  batches: RecordedBatch[]
  /** For a narrow view: the ids that it shows. Absent: all. */
  shown?: string[]
}

export interface Fault {
  kind: 'missing' | 'twice' | 'order' | 'unknown' | 'cursor' | 'resync' | 'short'
  /** Which batch, from 0; the number of batches when it is about the end. */
  batch: number
  detail: string
}

export interface Verdict {
  name: string
  faults: Fault[]
  /** Events told. */
  told: number
  resyncs: number
}

/** Adds a page of `eventsSince` to a log that is being recorded; the next page is asked from its cursor. */
export function extendLog(log: StreamLog, page: RecordedBatch): void {
  if (page.resync) throw new Error('The log was not recorded often enough: it answered resync')
  log.ids.push(...page.events.map((event) => event.id))
  const end = log.ids.at(-1) ?? log.start
  if (page.cursor !== end) throw new Error(`The page ends at ${page.cursor}, its events at ${end}`)
}

/**
 * Judges a recording against the log: each batch must hold exactly the events between the cursor before it and its
 * own, in order; the last must reach the end of the log. `resync` may jump, where it is allowed at all.
 */
export function judge(
  log: StreamLog,
  recording: Recording,
  rules: { mayResync?: boolean } = {},
): Verdict {
  return new Judgement(log, recording, rules.mayResync ?? false).verdict()
}

class Judgement {
  private readonly faults: Fault[] = []
  private readonly places: Map<string, number>
  private readonly shown: Set<string> | undefined
  private readonly told = new Set<string>()
  private resyncs = 0
  private batch = 0

  constructor(
    private readonly log: StreamLog,
    private readonly recording: Recording,
    private readonly mayResync: boolean,
  ) {
    this.places = new Map([log.start, ...log.ids].map((id, place) => [id, place]))
    this.shown = recording.shown && new Set(recording.shown)
  }

  verdict(): Verdict {
    const { name, from, batches } = this.recording
    let at = this.places.get(from)
    if (at === undefined) this.fault('cursor', `it began at ${from}, which is not in the log`)
    for (const batch of batches) {
      at = this.read(batch, at ?? 0)
      this.batch++
    }
    const left = this.log.ids.length - (at ?? 0)
    if (left > 0) this.fault('short', `it stops ${left} events before the end of the log`)
    return { name, faults: this.faults, told: this.told.size, resyncs: this.resyncs }
  }

  /** Answers where the reader stands after a batch. */
  private read(batch: RecordedBatch, at: number): number {
    const to = this.places.get(batch.cursor)
    if (to === undefined) {
      this.fault('cursor', `${batch.cursor} is not in the log`)
      return at
    }
    if (batch.resync) return this.jump(batch, to)
    if (to < at) this.fault('cursor', `it went back from ${at} to ${to}`)
    this.compare(
      batch.events.map((event) => event.id),
      this.log.ids.slice(at, to).filter((id) => !this.shown || this.shown.has(id)),
    )
    return to
  }

  private jump(batch: RecordedBatch, to: number): number {
    this.resyncs++
    if (!this.mayResync) this.fault('resync', 'it was told to read afresh without need')
    if (batch.events.length) this.fault('resync', 'a resync batch carries no events')
    return to
  }

  private compare(told: string[], expected: string[]): void {
    const wanted = new Set(expected)
    for (const id of told) {
      if (!this.places.has(id)) this.fault('unknown', `${id} is not in the log`)
      else if (this.told.has(id)) this.fault('twice', `${id} was told before`)
      else if (!wanted.has(id)) this.fault('unknown', `${id} does not belong into this batch`)
      this.told.add(id)
    }
    const missing = expected.filter((id) => !told.includes(id))
    if (missing.length) this.fault('missing', `${missing.length} events, from ${missing[0]}`)
    const kept = told.filter((id) => wanted.has(id))
    const isInOrder = kept.every((id, n) => n === 0 || this.place(kept[n - 1]!) <= this.place(id))
    if (!isInOrder) this.fault('order', 'its events are not in the order of the log')
  }

  private place(id: string): number {
    return this.places.get(id) ?? -1
  }

  private fault(kind: Fault['kind'], detail: string): void {
    this.faults.push({ kind, batch: this.batch, detail })
  }
}
