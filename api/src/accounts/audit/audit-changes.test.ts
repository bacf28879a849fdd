import { describe, expect, it } from 'vitest'
import { auditChanges, maskedSecrets, withoutSecrets } from './audit-changes.ts'

describe('what the audit log says of a change', () => {
  it('is what differs, and nothing else', () =>
    expect(
      auditChanges({ a: 1, b: { c: 2 }, d: [1] }, { a: 1, b: { c: 3 }, d: [1], e: null }),
    ).toEqual({
      before: { b: { c: 2 } },
      after: { b: { c: 3 } },
    }))

  it('is nothing when nothing differs', () => expect(auditChanges({ a: 1 }, { a: 1 })).toBeNull())

  it.each([
    ['https://ada:s3cret@shop.example/x', 'https://•••@shop.example/x'],
    ['https://ada:s3@cret@shop.example/x', 'https://•••@shop.example/x'],
    ['https:/shop.example/?token=s3cret', 'https:/shop.example/?token=•••'],
    ['https:shop.example?pwd=s3cret', 'https:shop.example?pwd=•••'],
    ['https:ada:s3cret@shop.example/x', 'https:•••@shop.example/x'],
    ['https://shop.example/?token=s3cret&page=2', 'https://shop.example/?token=•••&page=2'],
    ['https://shop.example/?a=1&api_key=s3cret', 'https://shop.example/?a=1&api_key=•••'],
    ['https://shop.example/?X-Amz-Signature=s3cret', 'https://shop.example/?X-Amz-Signature=•••'],
    ['https://shop.example/?t%6Fken=s3cret', 'https://shop.example/?t%6Fken=•••'],
    ['https://shop.example/?code=s3cret&zip_code=1', 'https://shop.example/?code=•••&zip_code=1'],
    ['postgres://u:s3cret@db/x', 'postgres://•••@db/x'],
    ['no address: token=x', 'no address: token=x'],
  ])('masks what is secret in %s', (address, shown) => {
    expect(withoutSecrets({ deep: [{ url: address }] })).toEqual({ deep: [{ url: shown }] })
  })

  it('masks the values of headers that hold secrets', () =>
    expect(
      withoutSecrets([
        { name: 'X-Api-Key', value: 's3cret' },
        { name: 'Accept', value: '*/*' },
      ]),
    ).toEqual([
      { name: 'X-Api-Key', value: '•••' },
      { name: 'Accept', value: '*/*' },
    ]))

  it('names secrets and never tells them', () =>
    expect(maskedSecrets({ password: 's3cret' })).toEqual({ password: '•••' }))
})
