import type { CreateApiTokenInput, Role } from '../../../generated/operations.ts'

export const EXPIRIES = ['7', '30', '90', '365', 'never', 'custom'] as const
export type Expiry = (typeof EXPIRIES)[number]

export interface TokenDraft {
  name: string
  /** Whatever a role may do, or only what is named. */
  limit: 'role' | 'scopes'
  role: Role
  scopes: string[]
  expiry: Expiry
  /** `2027-01-31`, with the expiry `custom`. */
  day: string
}

export const emptyTokenDraft = (): TokenDraft => ({
  name: '',
  limit: 'role',
  role: 'VIEWER',
  scopes: [],
  expiry: '90',
  day: '',
})

const A_DAY_MS = 86_400_000

/** The moment that a token ends: a chosen day counts to its end. Null: for ever; undefined: no such day. */
export function expiresAtOf({ expiry, day }: Pick<TokenDraft, 'expiry' | 'day'>, nowMs: number) {
  if (expiry === 'never') return null
  if (expiry !== 'custom') return new Date(nowMs + Number(expiry) * A_DAY_MS).toISOString()
  const end = new Date(`${day}T23:59:59`)
  return Number.isNaN(end.getTime()) || end.getTime() <= nowMs ? undefined : end.toISOString()
}

/** With scopes the server takes the role that they need. */
export function tokenInput(draft: TokenDraft, nowMs: number): CreateApiTokenInput {
  return {
    name: draft.name.trim(),
    ...(draft.limit === 'role' ? { role: draft.role } : { scopes: [...draft.scopes] }),
    expiresAt: expiresAtOf(draft, nowMs) ?? null,
  }
}
