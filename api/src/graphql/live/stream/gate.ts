/** Lets a limited number of tasks run at a time; the others wait in line. */
export class Gate {
  private readonly line: (() => void)[] = []
  private free: number

  constructor(places: number) {
    this.free = places
  }

  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.free > 0) this.free--
    else await new Promise<void>((enter) => this.line.push(enter))
    try {
      return await task()
    } finally {
      const next = this.line.shift()
      if (next) next()
      else this.free++
    }
  }
}
