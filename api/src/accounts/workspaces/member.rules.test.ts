import { describe, expect, it } from 'vitest'
import { type AppError } from '../../lib/app-error.ts'
import { includesRole, ROLES } from '../../lib/permissions.ts'
import { requireGift, requireOwnerLeft, requireReach } from './member.rules.ts'

const refusal = (run: () => void): string | undefined => {
  try {
    run()
    return undefined
  } catch (error) {
    return (error as AppError).code
  }
}
const pairs = ROLES.flatMap((one) => ROLES.map((other) => [one, other] as const))

describe('a member', () => {
  it.each(pairs)(
    'who is %s may touch a %s only when that is not above them',
    (actorRole, memberRole) => {
      const code = refusal(() => requireReach({ actorRole, memberRole, isSelf: false }))
      expect(code).toBe(includesRole(actorRole, memberRole) ? undefined : 'FORBIDDEN')
    },
  )

  it.each(pairs)(
    'who is %s may give the role %s only when that is not above them',
    (mine, given) => {
      const code = refusal(() => requireGift(mine, given))
      expect(code).toBe(includesRole(mine, given) ? undefined : 'INVALID')
    },
  )
})

describe('the last owner', () => {
  it('stays', () => expect(refusal(() => requireOwnerLeft(0, ['userId']))).toBe('INVALID'))
  it('may go when there is another', () =>
    expect(refusal(() => requireOwnerLeft(1, ['userId']))).toBeUndefined())
})
