import { expect, it } from 'vitest'
import { ManualClock } from '../lib/manual-clock.ts'
import type { PageSight } from './page-sight.ts'
import { PageSnapshots, type Seen } from './page-snapshots.ts'

const settled = (): Promise<void> => new Promise((done) => setImmediate(done))

/** Readings that end when the test says so. */
function setUp() {
  const clock = new ManualClock()
  const reads: { slug: string; answer(sight: PageSight): void; fail(error: Error): void }[] = []
  const warned: string[] = []
  const snapshots = new PageSnapshots<PageSight>({
    read: (slug) => new Promise((answer, fail) => reads.push({ slug, answer, fail })),
    clock,
    log: { debug() {}, info() {}, error() {}, warn: (_fields, text) => void warned.push(text) },
  })
  const page = (signature: string): PageSight => ({
    ...{ kind: 'page', signature, readAt: clock.now() },
    answer: { data: { publicStatusPage: { timeZone: 'UTC', locale: null } } },
  })
  const look = async (slug = 'acme'): Promise<Seen> => snapshots.get(slug)
  const first = async (): Promise<void> => {
    const seen = look()
    reads.at(-1)!.answer(page('one'))
    await seen
  }
  return { clock, reads, warned, snapshots, page, look, first }
}

const nameOf = ({ sight }: Seen) => (sight.kind === 'page' ? sight.signature : sight.kind)

it('reads once for all who come at the same time', async () => {
  const { reads, page, look } = setUp()
  const all = Array.from({ length: 100 }, () => look())
  expect(reads).toHaveLength(1)
  reads[0]!.answer(page('one'))
  expect(new Set((await Promise.all(all)).map(nameOf))).toEqual(new Set(['one']))
})

it('shows nothing older than a second', async () => {
  const { clock, reads, page, look, first } = setUp()
  await first()
  clock.advance(999)
  expect(nameOf(await look())).toBe('one')
  expect(reads).toHaveLength(1)
  clock.advance(1)
  const seen = look()
  reads[1]!.answer(page('two'))
  expect(nameOf(await seen)).toBe('two')
})

it('counts the second from the beginning of the reading', async () => {
  const { clock, reads, page, look } = setUp()
  const slow = look()
  clock.advance(800)
  reads[0]!.answer(page('one'))
  await slow
  clock.advance(200)
  void look()
  expect(reads).toHaveLength(2)
})

it('reads anew when a monitor has changed', async () => {
  const { reads, snapshots, look, first } = setUp()
  await first()
  snapshots.expire()
  void look()
  expect(reads).toHaveLength(2)
})

it('keeps nothing of a reading during which a monitor has changed', async () => {
  const { reads, snapshots, page, look } = setUp()
  const waiting = look()
  snapshots.expire()
  reads[0]!.answer(page('one'))
  expect(nameOf(await waiting)).toBe('one')
  void look()
  expect(reads).toHaveLength(2)
})

it('lets nobody join a reading that began before a page was changed', async () => {
  const { reads, snapshots, page, look } = setUp()
  const before = look()
  snapshots.forget()
  const after = look()
  expect(reads).toHaveLength(2)
  reads[1]!.answer({ kind: 'unknown' })
  expect(nameOf(await after)).toBe('unknown')
  reads[0]!.answer(page('public once'))
  await before
  expect(nameOf(await look())).toBe('unknown')
})

it('shows the last state with its age while nothing can be read, and tries again once a second', async () => {
  const { clock, reads, warned, page, look, first } = setUp()
  await first()
  clock.advance(5_000)
  const seen = look()
  reads[1]!.fail(new Error('no database'))
  expect(await seen).toMatchObject({ staleForMs: 5_000 })
  clock.advance(900)
  expect(await look()).toMatchObject({ staleForMs: 5_900 })
  expect(reads).toHaveLength(2)
  clock.advance(100)
  const again = look()
  reads[2]!.fail(new Error('no database'))
  await again
  expect(warned).toHaveLength(1)
  clock.advance(1_000)
  const back = look()
  reads[3]!.answer(page('two'))
  expect(await back).toEqual({ sight: page('two') })
})

it('shows nothing of before a change of a page, not even while nothing can be read', async () => {
  const { reads, snapshots, look, first } = setUp()
  await first()
  snapshots.forget()
  const seen = look()
  reads[1]!.fail(new Error('no database'))
  await expect(seen).rejects.toThrow('no database')
})

it('tells of a failure when it has never seen the page, and reads again for the next', async () => {
  const { reads, look } = setUp()
  const seen = look()
  reads[0]!.fail(new Error('no database'))
  await expect(seen).rejects.toThrow('no database')
  await settled()
  void look()
  expect(reads).toHaveLength(2)
})

it('is not emptied by made-up names', async () => {
  const { reads, look, first } = setUp()
  await first()
  for (let n = 0; n < 2_000; n++) {
    const seen = look(`no-${n}`)
    reads.at(-1)!.answer({ kind: 'unknown' })
    await seen
  }
  const before = reads.length
  expect(nameOf(await look())).toBe('one')
  void look('no-0')
  expect(reads).toHaveLength(before + 1)
})

it('lets nobody wait long for a database that does not answer', async () => {
  const { clock, reads, page, look, first } = setUp()
  await first()
  clock.advance(1_000)
  const seen = look()
  clock.advance(2_000)
  expect(await seen).toMatchObject({ staleForMs: 3_000 })
  clock.advance(5_000)
  expect(await look()).toMatchObject({ staleForMs: 8_000 })
  expect(reads).toHaveLength(2)
  reads[1]!.answer(page('two'))
  await settled()
  const next = look()
  reads.at(-1)!.answer(page('three'))
  expect(nameOf(await next)).toBe('three')
})
