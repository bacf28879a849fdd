import { describe, expect, it } from 'vitest'
import { FormTokens } from './form-tokens.ts'

const tokens = new FormTokens(Buffer.alloc(32, 1))
const session = Buffer.alloc(32, 2)
const token = tokens.formToken(session)

describe('the token of a form', () => {
  it('is right for the session that it was made for, after a restart too', () => {
    expect(new FormTokens(Buffer.alloc(32, 1)).isRight(token, session)).toBe(true)
  })

  it('serves no other session and no other server', () => {
    expect(tokens.isRight(token, Buffer.alloc(32, 3))).toBe(false)
    expect(new FormTokens(Buffer.alloc(32, 9)).isRight(token, session)).toBe(false)
  })

  it.each([
    undefined,
    null,
    '',
    'x',
    token.slice(1),
    `${token}=`,
    [token],
    { token },
    'ü'.repeat(43),
  ])('%j is none', (given) => expect(tokens.isRight(given, session)).toBe(false))
})
