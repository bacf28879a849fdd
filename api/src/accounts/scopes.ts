import type { Role } from '../lib/actor.ts'

/** What an API token can be limited to: the least role that may do it, and what it allows. */
export const SCOPES: Readonly<Record<string, { role: Role; description: string }>> = {
  'monitors:read': { role: 'viewer', description: 'See monitors, their history and live events.' },
  'monitors:write': { role: 'editor', description: 'Create, change, test and delete monitors.' },
  'pages:read': { role: 'viewer', description: 'See status pages and their components.' },
  'pages:write': { role: 'editor', description: 'Create, change and delete status pages.' },
  'members:read': { role: 'viewer', description: 'See the workspace and its members.' },
  'members:write': { role: 'admin', description: 'Invite, change and remove members.' },
  'audit:read': { role: 'admin', description: 'Read the audit log.' },
}
