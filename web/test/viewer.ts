import type { Role } from '../src/generated/operations.ts'
import type { ViewerFacts } from '../src/lib/viewer/index.ts'

/** Somebody signed in with this role, for tests. */
export function viewerWith(role: Role, more: Partial<ViewerFacts> = {}): ViewerFacts {
  return {
    id: 'u1',
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    role,
    theme: 'SYSTEM',
    locale: null,
    timeZone: null,
    sessionId: 's1',
    workspace: { id: 'w1', name: 'Acme', slug: 'acme', role },
    ...more,
  }
}
