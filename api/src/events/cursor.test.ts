import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newId } from '../lib/ids.ts'
import { decodeCursor, encodeCursor } from './cursor.ts'

const HERE = newId()
const ELSEWHERE = newId()

const refusalOf = (text: string, workspaceId = HERE): string => {
  try {
    decodeCursor(text, workspaceId)
  } catch (error) {
    return `${(error as { code: string }).code}: ${(error as Error).message}`
  }
  return 'accepted'
}

describe('a cursor', () => {
  it('leads back to its epoch and position', () => {
    fc.assert(
      fc.property(
        fc.nat(),
        fc.maxSafeNat().map((n) => n % 2 ** 48),
        (epoch, position) => {
          const head = { epoch, position }
          expect(decodeCursor(encodeCursor(HERE, head), HERE)).toEqual(head)
        },
      ),
    )
  })

  it('of another workspace is refused in the words that refuse nonsense', () => {
    const foreign = refusalOf(encodeCursor(ELSEWHERE, { epoch: 1, position: 5 }))
    expect(foreign).toMatch(/^INVALID: /)
    expect(foreign).toBe(refusalOf('nonsense'))
  })

  it('with any one character changed is refused', () => {
    const text = encodeCursor(HERE, { epoch: 1, position: 123_456 })
    for (let i = 0; i < text.length; i++) {
      const other = text[i] === 'x' ? 'y' : 'x'
      expect(refusalOf(text.slice(0, i) + other + text.slice(i + 1))).toMatch(/^INVALID/)
    }
  })

  it.each(['', ' ', '0', 'null', 'a'.repeat(42), 'a'.repeat(300), '🦊', '../../etc'])(
    'is refused when it reads %j',
    (text) => expect(refusalOf(text)).toMatch(/^INVALID/),
  )

  it('says nothing of its workspace or position to the eye', () => {
    const text = encodeCursor(HERE, { epoch: 1, position: 5 })
    expect(text).toHaveLength(42)
    expect(text).not.toContain(HERE.slice(0, 8))
  })
})
