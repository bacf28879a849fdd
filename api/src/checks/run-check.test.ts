import { describe, expect, it } from 'vitest'
import { AddressGuard } from '../net/address-guard.ts'
import { runCheck } from './run-check.ts'
import { validateConditions } from './validate-conditions.ts'

const guard = new AddressGuard({ targets: 'any', ownPorts: () => [] })
const tools = { guard, now: Date.now }
const request = { settings: {}, secrets: {}, conditions: [], timeoutMs: 1_000 }

describe('a check that can’t be made', () => {
  it.each([
    [{ kind: 'unheard-of' }, 'This version can’t check monitors of the kind unheard-of'],
    [{ kind: 'http' }, 'The check itself broke'],
    [{ kind: 'http', settings: { url: 'not a url' } }, 'The check itself broke'],
  ])('is a fault of ours: %j', async (more, message) => {
    const outcome = await runCheck({ ...request, ...more }, tools)
    expect(outcome).toMatchObject({ verdict: 'UNKNOWN', message: expect.stringContaining(message) })
  })
})

describe('conditions', () => {
  it('may ask only for what the kind finds', () => {
    expect(validateConditions(['status == 200', 'values contains "x"'])).toEqual([])
    expect(validateConditions(['status == 200', 'values contains "x"'], 'http')).toMatchObject([
      { path: ['1'], message: expect.stringContaining('nothing called "values"') },
    ])
    expect(validateConditions(['statsu == 200'])).toHaveLength(1)
  })
})
