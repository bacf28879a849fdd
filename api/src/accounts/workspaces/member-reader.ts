import type { Database } from '../../db/index.ts'
import type { ReadScope } from '../../db/read-scope.ts'
import type { Actor } from '../../lib/actor.ts'
import type { Member } from './member.objects.ts'

type MemberRow = Omit<Member, 'isViewer' | 'lastSeenAt'>

/** Read by the request's own role: row-level security shows fellow members and nobody else. */
const MEMBERS = `
select m.user_id as id, u.name, u.email, m.role, m.suspended_at is not null as "isSuspended",
       u.totp_confirmed_at is not null as "hasTotp", m.created_at as "joinedAt"
  from membership m join app_user u on u.id = m.user_id
 where m.workspace_id = $1 and ($2::uuid is null or m.user_id = $2)
 order by lower(u.name), m.user_id`
const LAST_SEEN = `
select user_id as id, max(last_seen_at) as at from session where user_id = any($1::uuid[]) group by user_id`

/** The members of a workspace, as one of them sees them. */
export class MemberReader {
  constructor(private readonly options: { database: Database }) {}

  /** By name. */
  list(scope: ReadScope): Promise<Member[]> {
    return this.read(scope, null)
  }

  async find(scope: ReadScope, userId: string): Promise<Member | null> {
    return (await this.read(scope, userId))[0] ?? null
  }

  private async read(scope: ReadScope, userId: string | null): Promise<Member[]> {
    const { actor } = scope
    const manager = await scope.manager()
    const rows = (await manager.query(MEMBERS, [actor.workspaceId, userId])) as MemberRow[]
    const seen = await this.lastSeen(rows.map(({ id }) => id))
    return rows.map((row) => asMember(row, seen, actor))
  }

  /** Sessions belong to people: they are asked for by the ids of members that were found. */
  private async lastSeen(ids: string[]): Promise<Map<string, Date>> {
    const rows = (await this.options.database.worker.query(LAST_SEEN, [ids])) as {
      id: string
      at: Date
    }[]
    return new Map(rows.map(({ id, at }) => [id, at]))
  }
}

function asMember(row: MemberRow, seen: Map<string, Date>, actor: Actor): Member {
  const isViewer = actor.kind === 'user' && actor.id === row.id
  return { ...row, lastSeenAt: seen.get(row.id) ?? null, isViewer }
}
