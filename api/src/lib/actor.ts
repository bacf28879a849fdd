export type Role = 'viewer' | 'editor' | 'admin' | 'owner'

/** Who acts, and in which workspace. Never null: the anonymous visitor is a kind of its own. */
export interface Actor {
  kind: 'local' | 'system'
  workspaceId: string
  role: Role
}
