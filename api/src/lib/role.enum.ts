import { registerEnumType } from 'type-graphql'
import type { Role } from './actor.ts'

/** The GraphQL enum `Role`. */
export const RoleEnum = {
  VIEWER: 'viewer',
  EDITOR: 'editor',
  ADMIN: 'admin',
  OWNER: 'owner',
} as const
const isComplete: Record<Role, string> = { viewer: '', editor: '', admin: '', owner: '' }
void isComplete

registerEnumType(RoleEnum, {
  name: 'Role',
  description: 'What a member of a workspace may do; each role may do what those before it may.',
  valuesConfig: {
    VIEWER: { description: 'May see everything.' },
    EDITOR: { description: 'May create, change and delete monitors.' },
    ADMIN: { description: 'May manage members and tokens.' },
    OWNER: { description: 'May do everything.' },
  },
})
