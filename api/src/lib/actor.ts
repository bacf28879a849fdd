export type Role = 'viewer' | 'editor' | 'admin' | 'owner'

/** Who acts, and in which workspace. Never null: the anonymous visitor is a kind of its own. */
export interface Actor {
  readonly kind: 'anonymous' | 'user' | 'token' | 'system'
  /** `NO_WORKSPACE` for a visitor, and for a person who is a member of none. */
  readonly workspaceId: string
  /** What it may do there; null: nothing. */
  readonly role: Role | null
  /** The person or the token; absent for visitors and the system. */
  readonly id?: string
  /** What people call it, for the audit log. */
  readonly name?: string
  /** The session or the token that must live for the actor to act. */
  readonly credentialId?: string
  /** What a token is limited to; null or absent: whatever its role may do. */
  readonly scopes?: readonly string[] | null
  /** Until when its session or token holds, in ms since 1970; absent: for ever. */
  readonly expiresAtMs?: number
  /** Where the request came from; absent when it came from this server. */
  readonly ipAddress?: string
}

/** The id of no workspace. */
export const NO_WORKSPACE = '00000000-0000-0000-0000-000000000000'

/** A visitor who has not said who they are. */
export function anonymous(ipAddress?: string): Actor {
  const from = ipAddress === undefined ? {} : { ipAddress }
  return { kind: 'anonymous', workspaceId: NO_WORKSPACE, role: null, ...from }
}

/** The server itself in a workspace: its jobs and its command line. */
export function systemActor(workspaceId: string): Actor {
  return { kind: 'system', workspaceId, role: 'owner', name: 'Allswell' }
}
