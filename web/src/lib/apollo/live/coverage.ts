/** When a request was sent, seen from the stream. */
export interface RequestMark {
  readonly sentAt: number
  readonly isCovered: boolean
}

export type AnswerVerdict =
  /** Nothing was missed: what came in meanwhile is told again on top of the answer. */
  | 'fits'
  /** The stream begins at this answer. */
  | 'begin'
  /** Sent before the stream began and read at another position: what lies between is unknown. Ask again. */
  | 'ask-again'

/**
 * Makes snapshots and the stream meet without a hole. Cursors can't be compared, only told apart, so the order is
 * kept here: a request that is sent while the stream already covers the log reads a state at least as new as every
 * event that was heard before it was sent; the events heard while it was under way are told again (they are facts,
 * telling them twice changes nothing).
 */
export class Coverage<E> {
  private beginning: string | null = null
  private isBegun = false
  private heard: { at: number; events: readonly E[] }[] = []
  private step = 0
  private readonly open = new Set<RequestMark>()

  get isCovering(): boolean {
    return this.isBegun
  }

  /** How many requests are under way that were sent before the stream began. */
  get waiting(): number {
    return [...this.open].filter((mark) => !mark.isCovered).length
  }

  /** The stream tells everything after this cursor from now on. */
  begin(cursor: string): void {
    this.beginning = cursor
    this.isBegun = true
  }

  sent(): RequestMark {
    const mark = { sentAt: this.step, isCovered: this.isBegun }
    this.open.add(mark)
    return mark
  }

  /** Judges an answer; `cursor` is the position at which it was read, null when it did not ask for it. */
  answered(mark: RequestMark, cursor: string | null): AnswerVerdict {
    if (mark.isCovered || cursor === null) return 'fits'
    if (!this.isBegun) return 'begin'
    return cursor === this.beginning ? 'fits' : 'ask-again'
  }

  /** The request is over; answers the events that were heard while it was under way. */
  finished(mark: RequestMark): E[] {
    const missed = this.heard.filter(({ at }) => at > mark.sentAt).flatMap(({ events }) => events)
    this.open.delete(mark)
    if (this.open.size === 0) this.heard = []
    return missed
  }

  hear(events: readonly E[]): void {
    if (events.length === 0) return
    this.step += 1
    if (this.open.size > 0) this.heard.push({ at: this.step, events })
  }
}
