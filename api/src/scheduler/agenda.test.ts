import { describe, expect, it } from 'vitest'
import { ManualClock } from '../lib/manual-clock.ts'
import { Agenda } from './agenda.ts'

function setUp() {
  const clock = new ManualClock(0)
  const seen: string[] = []
  const agenda = new Agenda<string>(clock, (item) => void seen.push(`${item}@${clock.now()}`))
  return { clock, seen, agenda }
}

describe('the agenda', () => {
  it('calls everything at its own time, whatever the order it was put in', () => {
    const { clock, seen, agenda } = setUp()
    agenda.set('b', 20, 'b')
    agenda.set('a', 10, 'a')
    agenda.set('c', 30, 'c')
    clock.advance(25)
    expect(seen).toEqual(['a@10', 'b@20'])
    clock.advance(25)
    expect(seen).toEqual(['a@10', 'b@20', 'c@30'])
  })

  it('moves what is put in twice and forgets what is taken out', () => {
    const { clock, seen, agenda } = setUp()
    agenda.set('a', 10, 'a')
    agenda.set('a', 40, 'a')
    agenda.set('b', 20, 'b')
    agenda.delete('b')
    clock.advance(50)
    expect(seen).toEqual(['a@40'])
  })

  it('goes on when something is put in while it fires', () => {
    const clock = new ManualClock(0)
    const seen: number[] = []
    const agenda: Agenda<number> = new Agenda(clock, (n) => {
      seen.push(clock.now())
      if (n < 3) agenda.set('again', 5, n + 1)
    })
    agenda.set('again', 0, 1)
    clock.advance(20)
    expect(seen).toEqual([0, 5, 10])
  })
})
