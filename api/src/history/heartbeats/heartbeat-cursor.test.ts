import { describe, expect, it } from 'vitest'
import { decodeSlot, encodeSlot } from './heartbeat-cursor.ts'

describe('the cursor of a heartbeat', () => {
  it.each([0, 1_764_000_000_123_456])('leads back to %i', (slotUs) => {
    expect(decodeSlot(encodeSlot(slotUs))).toBe(slotUs)
  })

  it.each(['', 'x', 'c', Buffer.from('s-1').toString('base64url'), `${encodeSlot(5)}=`])(
    'is refused when it is %j',
    (cursor) => {
      expect(() => decodeSlot(cursor)).toThrow(/not a cursor/)
    },
  )
})
