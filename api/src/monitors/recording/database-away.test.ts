import { describe, expect, it } from 'vitest'
import { isDatabaseAway } from './database-away.ts'

const withCode = (code: string): Error => Object.assign(new Error(code), { code })

describe('an error of the database', () => {
  it.each([
    ['a server that shuts down', withCode('57P01')],
    ['a server that starts up', withCode('57P03')],
    ['a full disk', withCode('53100')],
    ['too many connections', withCode('53300')],
    ['a lost race', withCode('40P01')],
    ['a refused connection', withCode('ECONNREFUSED')],
    ['a missing socket', withCode('ENOENT')],
    ['a broken connection', new Error('Connection terminated unexpectedly')],
    ['one that wraps such a one', new Error('x', { cause: withCode('57P01') })],
  ])('passes: %s', (_, error) => expect(isDatabaseAway(error)).toBe(true))

  it.each([
    ['a text that cannot be stored', withCode('22P05')],
    ['a broken rule', withCode('23514')],
    ['a missing right', withCode('42501')],
    ['a bug', new TypeError('x is not a function')],
    ['something else', 'text'],
  ])('stays: %s', (_, error) => expect(isDatabaseAway(error)).toBe(false))
})
