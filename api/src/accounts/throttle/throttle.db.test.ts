import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sharedDatabase } from '../../../test/database.ts'
import type { Database } from '../../db/index.ts'
import { AppError } from '../../lib/app-error.ts'
import { newId } from '../../lib/ids.ts'
import { ManualClock } from '../../lib/manual-clock.ts'
import { addressPrefix } from './address-prefix.ts'
import { Throttle } from './throttle.ts'

let database: Database
let clock: ManualClock
let throttle: Throttle
/** A network of this test’s own. */
let network = 0

beforeAll(async () => {
  database = await sharedDatabase()
})

beforeEach(() => {
  clock = new ManualClock(Date.parse('2026-11-01T00:00:00Z'))
  throttle = new Throttle({ database, clock })
  network++
})

const address = (last = 1): string => `198.51.${network}.${last}`
const wrong = (): Promise<never> =>
  Promise.reject(AppError.invalid([{ path: ['password'], code: 'INVALID', message: 'Wrong.' }]))

/** `wrong` when it was tried, else the seconds to wait. */
async function guess(account: string, ipAddress = address(), by = throttle): Promise<unknown> {
  return by.attempt({ account, ipAddress }, wrong).catch((error: unknown) => {
    if (!(error instanceof AppError)) throw error
    return error.code === 'INVALID' ? 'wrong' : error.details['retryAfterSeconds']
  })
}

describe('guessing at one account', () => {
  it('is free five times, then waits twice as long each time, at most five minutes, for ever', async () => {
    for (let i = 0; i < 5; i++) expect(await guess('a')).toBe('wrong')
    const waits: unknown[] = []
    for (let i = 0; i < 12; i++) {
      const seconds = await guess('a')
      waits.push(seconds)
      clock.advance(Number(seconds) * 1000)
      expect(await guess('a')).toBe('wrong')
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300])
  })

  it('is stopped before any work is done', async () => {
    for (let i = 0; i < 5; i++) await guess('a')
    const run = (): never => {
      throw new Error('work was done')
    }
    await expect(
      throttle.attempt({ account: 'a', ipAddress: address() }, run),
    ).rejects.toMatchObject({ code: 'LIMIT' })
  })

  it('50 times at once gets five tries, on two processes too', async () => {
    const other = new Throttle({ database, clock })
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => guess('a', address(), i % 2 ? throttle : other)),
    )
    expect(answers.filter((answer) => answer === 'wrong')).toHaveLength(5)
  })

  it('slows down neither its owner elsewhere nor a neighbour', async () => {
    for (let i = 0; i < 6; i++) await guess('a')
    expect(await guess('a', address(200))).toBe(1)
    expect(await guess('b')).toBe('wrong')
    expect(await guess('a', `203.0.113.${network}`)).toBe('wrong')
  })

  it('is forgotten after an hour', async () => {
    for (let i = 0; i < 10; i++) {
      await guess('a')
      clock.advance(2000)
    }
    clock.advance(3_601_000)
    for (let i = 0; i < 5; i++) expect(await guess('a')).toBe('wrong')
  })

  it('is wiped out by being right, but not for another account', async () => {
    for (let i = 0; i < 4; i++) await guess('a')
    for (let i = 0; i < 5; i++) await guess('b')
    const right = { account: 'a', ipAddress: address() }
    expect(await throttle.attempt(right, () => Promise.resolve('in'))).toBe('in')
    for (let i = 0; i < 5; i++) expect(await guess('a')).toBe('wrong')
    expect(await guess('b')).toBe(1)
  })

  it('counts no fault of ours and no full queue', async () => {
    const broken = (): Promise<never> => Promise.reject(new AppError('LIMIT', 'Full'))
    for (let i = 0; i < 20; i++)
      await expect(
        throttle.attempt({ account: 'a', ipAddress: address() }, broken),
      ).rejects.toThrow('Full')
    for (let i = 0; i < 5; i++) expect(await guess('a')).toBe('wrong')
  })
})

it('guessing at many accounts from one neighbourhood is free 50 times', async () => {
  for (let i = 0; i < 50; i++) expect(await guess(`account ${i}`, address(i))).toBe('wrong')
  expect(await guess('another')).toBe(1)
  expect(
    await throttle.attempt({ ipAddress: `203.0.114.${network}` }, () => Promise.resolve(1)),
  ).toBe(1)
})

it('an account of your own lets you guess no more at others', async () => {
  for (let i = 0; i < 49; i++) {
    await guess(`account ${i}`)
    await throttle.attempt({ account: 'mine', ipAddress: address() }, () => Promise.resolve())
  }
  expect(await guess('the 50th')).toBe('wrong')
  expect(await guess('the 51st')).toBe(1)
})

it('what is stored shows neither the account nor the address', async () => {
  const account = `${newId()}@example.com`
  await guess(account)
  const rows = (await database.worker.query('select key from throttle')) as { key: string }[]
  for (const { key } of rows) expect(key).toMatch(/^[\w-]{43}$/)
})

it.each([
  ['192.0.2.7', '192.0.2.200', true],
  ['192.0.2.7', '192.0.3.7', false],
  ['::ffff:192.0.2.7', '192.0.2.9', true],
  ['2001:db8:0:1200::1', '2001:db8:0:12ff::9', true],
  ['2001:db8:0:1200::1', '2001:db8:0:1300::1', false],
  ['', 'nonsense', true],
])('%s and %s are neighbours: %s', (one, other, expected) =>
  expect(addressPrefix(one) === addressPrefix(other)).toBe(expected),
)
