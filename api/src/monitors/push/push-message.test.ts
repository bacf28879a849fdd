import { describe, expect, it } from 'vitest'
import { readPush } from './push-message.ts'

describe('a push', () => {
  it.each([
    [{}, { isUp: true, message: 'OK', latencyUs: null }],
    [
      { status: '', msg: '', ping: '' },
      { isUp: true, message: 'OK', latencyUs: null },
    ],
    [
      { status: 'up', msg: 'done', ping: '12.5' },
      { isUp: true, message: 'done', latencyUs: 12_500 },
    ],
    [
      { status: 'down', msg: 'failed' },
      { isUp: false, message: 'failed', latencyUs: null },
    ],
    [{ status: 'UP' }, { isUp: false, message: 'OK', latencyUs: null }],
    [{ status: 'anything' }, { isUp: false, message: 'OK', latencyUs: null }],
    [{ ping: '0' }, { isUp: true, message: 'OK', latencyUs: 0 }],
    [{ ping: '1e11' }, { isUp: true, message: 'OK', latencyUs: 2 ** 31 - 1 }],
    [{ msg: 'a\0b' }, { isUp: true, message: 'ab', latencyUs: null }],
  ])('of %j reads as %j', (query, message) => expect(readPush(query)).toEqual(message))

  it.each(['-1', '1e12', 'x', 'NaN', 'Infinity', '0x10', '1 2'])('refuses the ping %j', (ping) =>
    expect(() => readPush({ ping })).toThrow('between 0 and 1e11'),
  )

  it('cuts a long message', () => {
    expect(readPush({ msg: 'x'.repeat(5000) }).message).toHaveLength(1000)
  })
})
