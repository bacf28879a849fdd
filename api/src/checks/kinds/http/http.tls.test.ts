import type { TLSSocket } from 'node:tls'
import { describe, expect, it } from 'vitest'
import {
  CertificateAuthority,
  days,
  selfSigned,
} from '../../../../test/checks/certificate-authority.ts'
import { checkHttp, secureWeb, tcp, web } from '../../../../test/checks/local-servers.ts'

const authority = new CertificateAuthority()
const trusting = { caCertificate: authority.cert }
const NAMES = ['localhost', '127.0.0.1', '::1']
const good = authority.issue({ names: NAMES })
const at = (port: number, host = 'localhost'): string => `https://${host}:${port}/`
/** A little more than whole days, so that the test does not count the moments it takes. */
const later = (count: number): Date => new Date(days(count).getTime() + 60_000)

describe('a certificate', () => {
  it('that is good is read', async () => {
    const port = await secureWeb(good)
    const outcome = await checkHttp(
      { url: at(port), ...trusting },
      { conditions: ['cert.daysLeft > 80', 'cert.isTrusted'] },
    )
    expect(outcome).toMatchObject({
      verdict: 'UP',
      message: null,
      certificate: {
        subject: 'localhost',
        issuer: 'Test authority',
        isTrusted: true,
        problem: null,
      },
    })
    expect(outcome.certificate!.daysLeft).toBeGreaterThanOrEqual(89)
    expect(outcome.certificate!.fingerprint).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/)
    expect(outcome.certificate!.validTo).toBe(new Date(outcome.certificate!.validTo).toISOString())
    expect(outcome.timings!.tls).toBeGreaterThan(0)
  })

  it.each(['127.0.0.1', '[::1]'])('can be for an address: %s', async (host) => {
    const port = await secureWeb(good, undefined, host === '[::1]' ? '::1' : host)
    expect(await checkHttp({ url: at(port, host), ...trusting })).toMatchObject({ verdict: 'UP' })
  })

  const bad: [string, Parameters<CertificateAuthority['issue']>[0], string][] = [
    [
      'that expired 3 days ago',
      { names: NAMES, validTo: days(-3.1) },
      'Certificate expired 3 days ago',
    ],
    ['that expired today', { names: NAMES, validTo: days(-0.3) }, 'Certificate expired today'],
    ['that is not valid yet', { names: NAMES, validFrom: days(2) }, 'Certificate is not valid yet'],
    [
      'for another host',
      { names: ['shop.test', 'www.shop.test'] },
      'Certificate is for shop.test, www.shop.test, not for localhost',
    ],
  ]

  it.each(bad)('%s means down, and the request never leaves', async (_what, wanted, message) => {
    let requests = 0
    const port = await secureWeb(authority.issue(wanted), (_request, response) => {
      requests++
      response.end()
    })
    const outcome = await checkHttp({ url: at(port), ...trusting })
    expect(outcome).toMatchObject({
      verdict: 'DOWN',
      message,
      statusCode: null,
      certificate: { isTrusted: false, problem: message },
    })
    expect(requests).toBe(0)
  })

  it.each(bad)('%s is only told when validity is not demanded', async (_what, wanted, problem) => {
    const port = await secureWeb(authority.issue(wanted))
    expect(await checkHttp({ url: at(port), ...trusting, verifyCertificate: false })).toMatchObject(
      { verdict: 'UP', statusCode: 200, certificate: { isTrusted: false, problem } },
    )
  })

  it('that is self-signed means down', async () => {
    const port = await secureWeb(selfSigned({ names: NAMES }))
    expect(await checkHttp({ url: at(port) })).toMatchObject({
      verdict: 'DOWN',
      message: 'Certificate is self-signed',
    })
  })

  it('of an authority that nobody knows means down', async () => {
    const port = await secureWeb(good)
    const outcome = await checkHttp({ url: at(port) })
    expect(outcome.verdict).toBe('DOWN')
    expect(outcome.message).toMatch(/^Certificate .*not (trusted|known)/)
  })

  it.each([
    [20, 14, 'UP', null],
    [9, 14, 'DEGRADED', 'Certificate expires in 9 days'],
    [1, 14, 'DEGRADED', 'Certificate expires in 1 day'],
    [0, 14, 'DEGRADED', 'Certificate expires today'],
    [9, 0, 'UP', null],
  ])('with %i days left and %i demanded is %s', async (left, demanded, verdict, message) => {
    const port = await secureWeb(authority.issue({ names: NAMES, validTo: later(left) }))
    expect(
      await checkHttp({ url: at(port), ...trusting, certificateDaysLeft: demanded }),
    ).toMatchObject({ verdict, message, certificate: { daysLeft: left } })
  })
})

describe('mutual TLS', () => {
  const demanding = { ...good, ca: authority.cert, requestCert: true, rejectUnauthorized: true }

  it('shows the certificate of the client', async () => {
    const seen: string[] = []
    const port = await secureWeb(demanding, (request, response) => {
      const { subject } = (request.socket as TLSSocket).getPeerCertificate()
      seen.push(String(subject.CN))
      response.end()
    })
    const client = authority.issue({ commonName: 'allswell-client' })
    expect(
      await checkHttp({
        url: at(port),
        ...trusting,
        clientCertificate: client.cert,
        clientKey: client.key,
      }),
    ).toMatchObject({ verdict: 'UP' })
    expect(seen).toEqual(['allswell-client'])
  })

  it('is down without one', async () => {
    const port = await secureWeb(demanding)
    const outcome = await checkHttp({ url: at(port), ...trusting })
    expect(outcome.verdict).toBe('DOWN')
    expect(outcome.message).toMatch(
      /TLS with .* failed: .*certificate required|broke the connection/,
    )
  })
})

describe('a handshake', () => {
  it('with a server that speaks no TLS is explained', async () => {
    const port = await web((_request, response) => response.end())
    expect(await checkHttp({ url: at(port) })).toMatchObject({
      verdict: 'DOWN',
      message: `127.0.0.1:${port} does not speak TLS`,
    })
  })

  it('that is never answered ends at the deadline', async () => {
    const port = await tcp(() => undefined)
    expect(await checkHttp({ url: at(port) }, { timeoutMs: 150 })).toMatchObject({
      verdict: 'DOWN',
      message: `No answer within 0.15 s from 127.0.0.1:${port}`,
    })
  })

  it('that is broken off is down', async () => {
    const port = await tcp((socket) => socket.once('data', () => socket.destroy()))
    expect(await checkHttp({ url: at(port) })).toMatchObject({
      verdict: 'DOWN',
      message: `127.0.0.1:${port} broke the connection off`,
    })
  })

  it('with a protocol of the past is explained', async () => {
    const port = await secureWeb({ ...good, maxVersion: 'TLSv1.1', minVersion: 'TLSv1' })
    const outcome = await checkHttp({ url: at(port), ...trusting })
    expect(outcome.verdict).toBe('DOWN')
    expect(outcome.message).toMatch(/TLS with .* failed: /)
  })
})
