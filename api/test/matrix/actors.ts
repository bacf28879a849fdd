import { type Actor, anonymous, NO_WORKSPACE } from '../../src/lib/actor.ts'
import { newId } from '../../src/lib/ids.ts'

/** The kinds of actor, in the order of the table's columns. */
export const ACTOR_KINDS = [
  ...(['anonymous', 'viewer', 'editor', 'admin', 'owner', 'both', 'foreign'] as const),
  ...(['suspended', 'revoked', 'read-only', 'their-token', 'expired'] as const),
] as const

export type ActorKind = (typeof ACTOR_KINDS)[number]

/** What each column of the tables stands for. */
export const ACTOR_WORDS: Readonly<Record<ActorKind, string>> = {
  anonymous: 'a visitor who is not signed in',
  viewer: 'a member with the role viewer',
  editor: 'a member with the role editor',
  admin: 'a member with the role admin',
  owner: 'a member with the role owner',
  both: 'an admin here who is a member of the other workspace too, acting here',
  foreign: 'the owner of the other workspace, acting there',
  suspended: 'an editor whose membership is suspended, a member of nothing else',
  revoked: 'the cookie of a session that was ended',
  'read-only': 'an API token with the role viewer and the scope monitors:read',
  'their-token': 'an API token of the other workspace with the role admin, acting there',
  expired: 'an API token with the role admin that has expired',
}

/** The scopes of the token that only reads. */
export const READ_ONLY_SCOPES: readonly string[] = ['monitors:read']

const person = (role: Actor['role']): Actor => ({
  ...{ kind: 'user', id: newId(), name: 'A person', credentialId: newId(), scopes: null },
  ...{ workspaceId: role ? newId() : NO_WORKSPACE, role },
})

const token = (role: Actor['role'], scopes: readonly string[] | null): Actor => ({
  ...{ kind: 'token', id: newId(), name: 'A token', credentialId: newId() },
  ...{ workspaceId: newId(), role, scopes },
})

/** What the authenticator makes of each; undefined: it lets nobody in. */
export function standInActors(): Record<ActorKind, Actor | undefined> {
  return {
    anonymous: anonymous(),
    viewer: person('viewer'),
    editor: person('editor'),
    admin: person('admin'),
    owner: person('owner'),
    both: person('admin'),
    foreign: person('owner'),
    suspended: person(null),
    revoked: anonymous(),
    'read-only': token('viewer', READ_ONLY_SCOPES),
    'their-token': token('admin', null),
    expired: undefined,
  }
}
