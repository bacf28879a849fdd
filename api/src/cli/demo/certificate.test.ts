import { X509Certificate } from 'node:crypto'
import { createSecureContext } from 'node:tls'
import { expect, it } from 'vitest'
import { selfSigned } from './certificate.ts'

it('makes a certificate that Node reads, for its name and its dates, signed by itself', () => {
  const { key, cert } = selfSigned(
    'vault.localhost',
    new Date('2026-01-02T03:04:05Z'),
    new Date('2026-02-03T04:05:06Z'),
  )
  const read = new X509Certificate(cert)
  expect(read.checkHost('vault.localhost')).toBe('vault.localhost')
  expect(new Date(read.validFrom).toISOString()).toBe('2026-01-02T03:04:05.000Z')
  expect(new Date(read.validTo).toISOString()).toBe('2026-02-03T04:05:06.000Z')
  expect(read.verify(read.publicKey)).toBe(true)
  expect(() => createSecureContext({ key, cert })).not.toThrow()
})
