import { expect, it } from 'vitest'
import { ManualClock } from './manual-clock.ts'

it('fires timers in order, each at its own time, cancelled ones never', () => {
  const clock = new ManualClock(0)
  const seen: string[] = []
  clock.after(20, () => seen.push(`b@${clock.now()}`))
  clock.after(10, () => {
    seen.push(`a@${clock.now()}`)
    clock.after(5, () => seen.push(`c@${clock.now()}`))
  })
  clock.after(12, () => seen.push('never'))()
  clock.advance(30)
  expect(seen).toEqual(['a@10', 'c@15', 'b@20'])
  expect(clock.now()).toBe(30)
})
