import type { SqlRunner } from '../../events/index.ts'
import type { Role } from '../../lib/actor.ts'

export interface Place {
  workspaceId: string
  slug: string
  role: Role
}

/** What stands behind a request: a person's session or an API token, as the database has it. */
export interface Credential {
  kind: 'user' | 'token'
  /** Of the session or the token. */
  id: string
  /** Of the person or the token. */
  actorId: string
  name: string
  scopes: readonly string[] | null
  /** Wall time in ms; null: for ever. */
  expiresAtMs: number | null
  /** When it was last used, as far as it is written down; ms. */
  usedAtMs: number | null
  /** Where it may act; a token has exactly one. */
  places: readonly Place[]
  lastWorkspaceId: string | null
}

/** How a credential is looked up: by what the client holds, or by its id. */
export type CredentialKey =
  | { kind: 'user'; by: 'secret'; hash: Buffer }
  | { kind: 'user'; by: 'id'; id: string }
  | { kind: 'token'; by: 'secret'; hash: Buffer }
  | { kind: 'token'; by: 'id'; id: string }

interface Row {
  id: string
  actorId: string
  name: string
  scopes: string[] | null
  expiresAt: Date | null
  usedAt: Date | null
  places: Place[]
  lastWorkspaceId: string | null
}

const sessionBy = (column: string): string => `
select s.id, u.id as "actorId", u.name, null as scopes, s.expires_at as "expiresAt", s.last_seen_at as "usedAt",
       u.last_workspace_id as "lastWorkspaceId",
       (select coalesce(json_agg(json_build_object('workspaceId', m.workspace_id, 'slug', w.slug, 'role', m.role)
                                 order by m.created_at, m.workspace_id), '[]')
          from membership m join workspace w on w.id = m.workspace_id
         where m.user_id = u.id and m.suspended_at is null) as places
  from session s join app_user u on u.id = s.user_id
 where s.${column} = $1 and u.suspended_at is null`

/** A token never may more than who made it: what they lost, it lost. */
const tokenBy = (column: string): string => `
select t.id, t.id as "actorId", t.name, t.scopes, t.expires_at as "expiresAt", t.last_used_at as "usedAt",
       null as "lastWorkspaceId",
       json_build_array(json_build_object('workspaceId', t.workspace_id, 'slug', w.slug, 'role',
         case when array_position(ranks.names, coalesce(m.role, t.role)) < array_position(ranks.names, t.role)
              then m.role else t.role end)) as places
  from api_token t join workspace w on w.id = t.workspace_id
  cross join (select array['viewer', 'editor', 'admin', 'owner'] as names) ranks
  left join membership m on m.workspace_id = t.workspace_id and m.user_id = t.created_by and m.suspended_at is null
  left join app_user u on u.id = t.created_by and u.suspended_at is null
 where t.${column} = $1 and (t.created_by is null or (m.role is not null and u.id is not null))`

/** Null when there is none, or its person or its maker is suspended or gone. */
export async function findCredential(
  runner: SqlRunner,
  key: CredentialKey,
): Promise<Credential | null> {
  const column = key.by === 'id' ? 'id' : 'secret_hash'
  const sql = key.kind === 'user' ? sessionBy(column) : tokenBy(column)
  const rows = (await runner.query(sql, [key.by === 'id' ? key.id : key.hash])) as Row[]
  const row = rows[0]
  if (!row) return null
  const { id, actorId, name, scopes, places, lastWorkspaceId } = row
  const expiresAtMs = row.expiresAt && row.expiresAt.getTime()
  const usedAtMs = row.usedAt && row.usedAt.getTime()
  return {
    kind: key.kind,
    id,
    actorId,
    name,
    scopes,
    expiresAtMs,
    usedAtMs,
    places,
    lastWorkspaceId,
  }
}
