import type { Database } from '../../db/index.ts'
import type { SqlRunner } from '../../events/index.ts'
import { type Actor, NO_WORKSPACE, type Role } from '../../lib/actor.ts'
import { User } from '../users/user.entity.ts'
import type { ThemeName, Viewer } from './viewer.object.ts'
import type { WorkspaceObject } from './workspace.object.ts'

const OWN_WORKSPACES = `
select w.id, w.name, w.slug, w.created_at as "createdAt", m.role
  from membership m join workspace w on w.id = m.workspace_id
 where m.user_id = $1 and m.suspended_at is null order by lower(w.name), w.id`
const WORKSPACE = `
select id, name, slug, created_at as "createdAt", $2::text as role from workspace where id = $1`

/** What somebody may know of themselves. */
export class ViewerReader {
  constructor(private readonly options: { database: Database }) {}

  /** Null for visitors. */
  async of(actor: Actor): Promise<Viewer | null> {
    if (actor.kind === 'user') return this.person(actor)
    return actor.kind === 'token' ? this.token(actor) : null
  }

  /** The workspaces of a person, by name. */
  async workspacesOf(userId: string): Promise<WorkspaceObject[]> {
    return (await this.worker.query(OWN_WORKSPACES, [userId])) as WorkspaceObject[]
  }

  /** The workspace in which an actor acts, as it sees it; null when it is in none. */
  async workspaceOf({
    workspaceId,
    role,
  }: Pick<Actor, 'workspaceId' | 'role'>): Promise<WorkspaceObject | null> {
    if (!role || workspaceId === NO_WORKSPACE) return null
    const rows = (await this.worker.query(WORKSPACE, [workspaceId, role])) as WorkspaceObject[]
    return rows[0] ?? null
  }

  private get worker(): SqlRunner {
    return this.options.database.worker
  }

  private async person(actor: Actor): Promise<Viewer | null> {
    const user = await this.options.database.worker.manager.findOneBy(User, { id: actor.id! })
    if (!user) return null
    const [row] = (await this.worker.query(
      'select count(*)::int as count from recovery_code where user_id = $1',
      [user.id],
    )) as { count: number }[]
    const hasTotp = user.totpConfirmedAt !== null
    return {
      ...{ id: user.id, kind: 'user', name: user.name, email: user.email },
      ...{ locale: user.locale, timeZone: user.timeZone, theme: user.theme as ThemeName },
      ...{ hasPassword: user.passwordHash !== null, hasTotp },
      recoveryCodesLeft: hasTotp ? (row?.count ?? 0) : 0,
      ...(await this.placeOf(actor)),
      scopes: null,
      sessionId: actor.credentialId ?? null,
    }
  }

  private async token(actor: Actor): Promise<Viewer> {
    return {
      ...{ id: actor.id!, kind: 'token', name: actor.name ?? '', email: null },
      ...{ locale: null, timeZone: null, theme: 'system', hasPassword: false, hasTotp: false },
      ...{ recoveryCodesLeft: 0, scopes: actor.scopes ?? null, sessionId: null },
      ...(await this.placeOf(actor)),
    }
  }

  private async placeOf(
    actor: Actor,
  ): Promise<{ workspace: WorkspaceObject | null; role: Role | null }> {
    const workspace = await this.workspaceOf(actor)
    return { workspace, role: workspace && actor.role }
  }
}
