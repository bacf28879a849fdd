import type { Answer } from 'dns-packet'
import { describe, expect, it } from 'vitest'
import { check, deadPort } from '../../../../test/checks/local-servers.ts'
import { fromTable, nameServer } from '../../../../test/checks/name-server.ts'

const NAME = 'shop.test'
const ask = (port: number, more: Record<string, unknown> = {}) => ({
  name: NAME,
  resolver: '127.0.0.1',
  resolverPort: port,
  ...more,
})

describe('a dns check', () => {
  it('is up when there is a record', async () => {
    const { port, questions } = await nameServer(fromTable({ [NAME]: ['10.0.0.1', '10.0.0.2'] }))
    const outcome = await check('dns', ask(port), {
      conditions: ['values contains "10.0.0.2"', 'rcode == "NOERROR"', 'ttl <= 60'],
    })
    expect(outcome).toMatchObject({ verdict: 'UP', message: null })
    expect(outcome.timings!.dns).toBeGreaterThan(0)
    expect(questions[0]).toMatchObject({ name: NAME, type: 'A' })
  })

  const records: [string, Answer, string][] = [
    ['AAAA', { type: 'AAAA', name: NAME, data: 'fd00::1' }, 'fd00::1'],
    ['CNAME', { type: 'CNAME', name: NAME, data: 'Www.Shop.test' }, 'www.shop.test.'],
    [
      'MX',
      { type: 'MX', name: NAME, data: { preference: 10, exchange: 'mx.shop.test' } },
      '10 mx.shop.test',
    ],
    ['NS', { type: 'NS', name: NAME, data: 'ns1.shop.test' }, 'NS1.shop.test'],
    ['TXT', { type: 'TXT', name: NAME, data: ['v=spf1 ', '-all'] }, 'v=spf1 -all'],
    [
      'SRV',
      { type: 'SRV', name: NAME, data: { priority: 1, weight: 2, port: 443, target: 'a.test' } },
      '1 2 443 a.test',
    ],
    [
      'CAA',
      { type: 'CAA', name: NAME, data: { flags: 0, tag: 'issue', value: 'ca.test' } },
      '0 issue ca.test',
    ],
    ['PTR', { type: 'PTR', name: NAME, data: 'host.test' }, 'host.test'],
  ]

  it.each(records)(
    'reads %s records as a person writes them',
    async (recordType, answer, expected) => {
      const { port } = await nameServer(() => ({ answers: [answer] }))
      const settings = ask(port, { recordType, expectedValues: [expected] })
      expect(await check('dns', settings)).toMatchObject({ verdict: 'UP', message: null })
      const wrong = ask(port, { recordType, expectedValues: ['something else'] })
      expect(await check('dns', wrong)).toMatchObject({
        verdict: 'DOWN',
        message: expect.stringContaining('missing something else'),
      })
    },
  )

  it('is down when an expected value is missing, and says what there is', async () => {
    const { port } = await nameServer(fromTable({ [NAME]: ['10.0.0.1'] }))
    const settings = ask(port, { expectedValues: ['10.0.0.1', '10.0.0.9'] })
    expect(await check('dns', settings)).toMatchObject({
      verdict: 'DOWN',
      message: 'DNS: shop.test A is 10.0.0.1, missing 10.0.0.9',
      evidence: { statusLine: 'NOERROR', body: '10.0.0.1', requestedUrl: 'shop.test A' },
    })
  })

  it.each([
    [3, 'DNS: shop.test does not exist (NXDOMAIN)'],
    [2, 'DNS: shop.test can’t be resolved: its name servers fail (SERVFAIL)'],
    [5, 'DNS: shop.test is refused by the resolver (REFUSED)'],
    [0, 'DNS: shop.test has no A record'],
  ])('is down for the answer %i', async (rcode, message) => {
    const { port } = await nameServer(() => ({ rcode }))
    expect(await check('dns', ask(port))).toMatchObject({ verdict: 'DOWN', message })
  })

  it('asks again over TCP when the answer does not fit', async () => {
    const { port, questions } = await nameServer((question) => ({
      ...fromTable({ [NAME]: ['10.0.0.1'] })(question),
      isTruncated: true,
    }))
    expect(await check('dns', ask(port, { expectedValues: ['10.0.0.1'] }))).toMatchObject({
      verdict: 'UP',
    })
    expect(questions).toHaveLength(2)
  })

  it('of a server that never answers ends at the deadline', async () => {
    const { port } = await nameServer(() => null)
    const began = performance.now()
    expect(await check('dns', ask(port), { timeoutMs: 150 })).toMatchObject({
      verdict: 'DOWN',
      message: `DNS: 127.0.0.1:${port} did not answer within 0.15 s`,
    })
    expect(performance.now() - began).toBeLessThan(1_500)
  })

  it('asks again when a packet is lost', async () => {
    let count = 0
    const { port } = await nameServer((question) =>
      ++count === 1 ? null : fromTable({ [NAME]: ['10.0.0.1'] })(question),
    )
    expect(await check('dns', ask(port))).toMatchObject({ verdict: 'UP' })
  })

  it('of a port where nobody listens is refused', async () => {
    const port = await deadPort()
    expect(await check('dns', ask(port))).toMatchObject({
      verdict: 'DOWN',
      message: `Connection refused by 127.0.0.1:${port}`,
    })
  })

  it('asks no resolver that may not be reached', async () => {
    expect(await check('dns', { name: NAME, resolver: '169.254.169.254' })).toMatchObject({
      verdict: 'DOWN',
      message: expect.stringContaining('may not be checked'),
    })
  })
})
