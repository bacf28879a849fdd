import { describe, expect, it } from 'vitest'
import { AddressRefused } from './address-guard.ts'
import { explainConnection } from './connection-problem.ts'
import { ResolveFailure } from './resolver.ts'

const fault = (code: string, message = code): Error => Object.assign(new Error(message), { code })

describe('a failed connection', () => {
  it.each([
    ['ECONNREFUSED', 'Connection refused by 10.0.0.1:80'],
    ['ECONNRESET', '10.0.0.1:80 broke the connection off'],
    ['EPIPE', '10.0.0.1:80 broke the connection off'],
    ['EHOSTUNREACH', 'No route to 10.0.0.1:80'],
    ['ETIMEDOUT', 'No answer from 10.0.0.1:80'],
    ['HPE_HEADER_OVERFLOW', '10.0.0.1:80 sent more than 64 KiB of headers'],
    ['HPE_INVALID_VERSION', '10.0.0.1:80 answered with broken HTTP (INVALID_VERSION)'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', '10.0.0.1:80 does not speak TLS'],
  ])('by %s is the target’s', (code, message) => {
    expect(explainConnection(fault(code), '10.0.0.1:80')).toEqual({ message, isOurs: false })
  })

  it.each([
    'EMFILE',
    'ENFILE',
    'ENOBUFS',
    'ENOMEM',
    'ENETDOWN',
    'ENETUNREACH',
    'EADDRNOTAVAIL',
    'EPERM',
    'EACCES',
  ])('by %s is ours and says nothing of the target', (code) => {
    const { message, isOurs } = explainConnection(fault(code), '10.0.0.1:80')
    expect(isOurs).toBe(true)
    expect(message).toContain(code)
    expect(message).not.toContain('10.0.0.1')
  })

  it('by TLS tells OpenSSL’s reason only', () => {
    const message =
      '00A8:error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:../deps/openssl/x.c:1605:SSL alert number 70'
    expect(
      explainConnection(fault('ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', message), 'a:1').message,
    ).toBe('TLS with a:1 failed: tlsv1 alert protocol version')
  })

  it('keeps the words of the guard and of the resolver', () => {
    expect(explainConnection(new AddressRefused('no'), 'a:1')).toEqual({
      message: 'no',
      isOurs: false,
    })
    expect(explainConnection(new ResolveFailure('dns', true), 'a:1')).toEqual({
      message: 'dns',
      isOurs: true,
    })
  })

  it('without any code is still told', () => {
    expect(explainConnection(new Error('odd'), 'a:1').message).toBe('a:1: odd')
    expect(explainConnection('text', 'a:1').message).toBe('a:1: text')
    expect(explainConnection(undefined, 'a:1').isOurs).toBe(false)
  })
})
