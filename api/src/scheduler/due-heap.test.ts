import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DueHeap } from './due-heap.ts'

const command = fc.oneof(
  fc.record({ do: fc.constant('set' as const), key: fc.nat(30), at: fc.nat(100) }),
  fc.record({ do: fc.constant('delete' as const), key: fc.nat(30), at: fc.constant(0) }),
  fc.record({ do: fc.constant('take' as const), key: fc.constant(0), at: fc.nat(100) }),
)

describe('the heap of what is due', () => {
  it('behaves as a sorted list with one place per key', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 200 }), (commands) => {
        const heap = new DueHeap<string>()
        const model = new Map<string, number>()
        for (const c of commands) {
          const key = String(c.key)
          if (c.do === 'set') {
            heap.set(key, c.at, key)
            model.set(key, c.at)
          } else if (c.do === 'delete') {
            heap.delete(key)
            model.delete(key)
          } else {
            const taken = heap.takeDue(c.at)
            const earliest = Math.min(...model.values())
            expect(taken !== undefined).toBe(earliest <= c.at)
            if (taken === undefined) continue
            expect(model.get(taken)).toBe(earliest)
            model.delete(taken)
          }
          expect(heap.size).toBe(model.size)
          expect(heap.nextAt).toBe(model.size ? Math.min(...model.values()) : undefined)
        }
      }),
    )
  })
})
