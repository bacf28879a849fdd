/**
 * Work of which one run is under way at a time. A call during a run is answered by the next run, which begins
 * afterwards and is shared by all who asked meanwhile: what they get was begun after they asked.
 */
export class SingleFlight {
  private running: Promise<void> | undefined
  private next: Promise<void> | undefined

  constructor(private readonly work: () => Promise<void>) {}

  run(): Promise<void> {
    if (!this.running) return this.start()
    this.next ??= this.running.then(
      () => this.startNext(),
      () => this.startNext(),
    )
    return this.next
  }

  private startNext(): Promise<void> {
    this.next = undefined
    return this.start()
  }

  private start(): Promise<void> {
    const run = this.work().finally(() => {
      if (this.running === run) this.running = undefined
    })
    this.running = run
    return run
  }
}
