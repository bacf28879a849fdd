import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MemoryLog, beats, updated } from '../../../../test/memory-log.ts'
import { Notebook, settled } from '../../../../test/notebook.ts'
import type { LogHead } from '../../../db/read-scope.ts'
import { EventHub, type NewEvent } from '../../../events/index.ts'
import { newId } from '../../../lib/ids.ts'
import { silentLog } from '../../../lib/log.ts'
import { ManualClock } from '../../../lib/manual-clock.ts'
import { byTopics } from './event-filter.ts'
import type { LiveSource } from './live-source.ts'
import { type LiveSubscription, LiveStreams } from './live-streams.ts'

const WORKSPACE = newId()

type Step =
  | { do: 'commit'; count: number; isBeat: boolean }
  | { do: 'elsewhere'; count: number }
  | { do: 'time'; ms: number }
  | { do: 'settle' }
  | { do: 'cut'; reader: number }
  | { do: 'slow'; isSlow: boolean }

const count = fc.integer({ min: 1, max: 3 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('commit' as const), count, isBeat: fc.boolean() }),
  fc.record({ do: fc.constant('elsewhere' as const), count }),
  fc.record({ do: fc.constant('time' as const), ms: fc.integer({ min: 1, max: 1_200 }) }),
  fc.record({ do: fc.constant('settle' as const) }),
  fc.record({ do: fc.constant('cut' as const), reader: fc.nat(3) }),
  fc.record({ do: fc.constant('slow' as const), isSlow: fc.boolean() }),
)

class World {
  readonly clock = new ManualClock()
  readonly log = new MemoryLog(WORKSPACE)
  readonly hub = new EventHub({ database: this.log, clock: this.clock, log: silentLog })
  readonly streams = new LiveStreams<LiveSource>({
    hub: this.hub,
    clock: this.clock,
    log: silentLog,
  })
  readonly readers = [true, true, false, false].map((isForAll) => new Reader(this, isForAll))
  private isSlow = false

  commit(event: NewEvent): void {
    this.hub.committed([this.log.append(event)])
  }

  async word(source: LiveSource): Promise<LiveSource> {
    if (this.isSlow) await new Promise<void>((done) => this.clock.after(400, done))
    return source
  }

  async take(one: Step): Promise<void> {
    switch (one.do) {
      case 'commit':
        for (let n = 0; n < one.count; n++) this.commit(one.isBeat ? beats() : updated())
        break
      case 'elsewhere':
        for (let n = 0; n < one.count; n++) this.log.append(updated())
        break
      case 'time':
        this.clock.advance(one.ms)
        break
      case 'settle':
        await settled()
        break
      case 'cut':
        this.readers[one.reader]!.cut()
        break
      case 'slow':
        this.isSlow = one.isSlow
    }
  }

  async rest(): Promise<void> {
    this.isSlow = false
    for (let n = 0; n < 12; n++) {
      this.clock.advance(300)
      await settled()
    }
  }
}

class Reader {
  readonly positions: number[] = []
  private cursor: LogHead = { epoch: 1, position: 0 }
  private notebook: Notebook | undefined
  private subscription: LiveSubscription | undefined

  constructor(
    private readonly world: World,
    readonly isForAll: boolean,
  ) {}

  begin(): void {
    this.notebook = new Notebook()
    const view = {
      key: this.isForAll ? 'all' : 'monitors',
      workspaceId: WORKSPACE,
      filter: byTopics(this.isForAll ? undefined : ['MONITOR']),
      render: (source: LiveSource) => this.world.word(source),
    }
    this.subscription = this.world.streams.subscribe(view, this.notebook, this.cursor)
  }

  /** Breaks off, and comes back from where it had read to. */
  cut(): void {
    this.read()
    this.begin()
  }

  read(): void {
    this.subscription?.close()
    for (const batch of this.notebook?.batches ?? []) {
      if (batch.resync) throw new Error('resync without need')
      this.positions.push(...batch.events.map((event) => event.position))
      this.cursor = batch.head
    }
  }
}

it('whatever happens, every reader is told the log, in order, nothing twice', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (steps) => {
      const world = new World()
      await world.hub.start()
      for (const reader of world.readers) reader.begin()
      for (const one of steps) await world.take(one)
      await world.rest()
      for (const reader of world.readers) {
        reader.read()
        const shown = world.log.events.filter((e) => reader.isForAll || e.kind !== beats().kind)
        expect(reader.positions).toEqual(shown.map((event) => event.position))
      }
      await world.hub.stop()
    }),
    { numRuns: 1_000 },
  )
})
