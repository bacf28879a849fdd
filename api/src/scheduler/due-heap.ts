interface Item<T> {
  key: string
  dueAt: number
  value: T
}

/** A binary heap with one place per key: the earliest is at hand, any can be moved or taken out in log n. */
export class DueHeap<T> {
  private readonly items: Item<T>[] = []
  private readonly places = new Map<string, number>()

  get size(): number {
    return this.items.length
  }

  /** The earliest due time; undefined when empty. */
  get nextAt(): number | undefined {
    return this.items[0]?.dueAt
  }

  /** Puts a value in its place, or moves it there. */
  set(key: string, dueAt: number, value: T): void {
    this.delete(key)
    this.items.push({ key, dueAt, value })
    this.places.set(key, this.items.length - 1)
    this.up(this.items.length - 1)
  }

  delete(key: string): void {
    const place = this.places.get(key)
    if (place === undefined) return
    this.places.delete(key)
    const last = this.items.pop()!
    if (place === this.items.length) return
    this.put(place, last)
    this.up(place)
    this.down(place)
  }

  /** Takes out the earliest item that is due at `now`. */
  takeDue(now: number): T | undefined {
    const first = this.items[0]
    if (!first || first.dueAt > now) return undefined
    this.delete(first.key)
    return first.value
  }

  clear(): void {
    this.items.length = 0
    this.places.clear()
  }

  private up(place: number): void {
    const item = this.items[place]!
    while (place > 0) {
      const parent = (place - 1) >> 1
      if (this.items[parent]!.dueAt <= item.dueAt) break
      this.put(place, this.items[parent]!)
      place = parent
    }
    this.put(place, item)
  }

  private down(place: number): void {
    const item = this.items[place]!
    for (;;) {
      const child = this.earlierChild(place)
      if (child === undefined || this.items[child]!.dueAt >= item.dueAt) break
      this.put(place, this.items[child]!)
      place = child
    }
    this.put(place, item)
  }

  private earlierChild(place: number): number | undefined {
    const left = 2 * place + 1
    if (left >= this.items.length) return undefined
    const right = left + 1
    const isRight = right < this.items.length && this.items[right]!.dueAt < this.items[left]!.dueAt
    return isRight ? right : left
  }

  private put(place: number, item: Item<T>): void {
    this.items[place] = item
    this.places.set(item.key, place)
  }
}
