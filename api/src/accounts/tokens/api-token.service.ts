import type { Database } from '../../db/index.ts'
import type { ReadScope } from '../../db/read-scope.ts'
import type { Actor } from '../../lib/actor.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { isId, newId } from '../../lib/ids.ts'
import { requirePerson, requireRole } from '../../lib/permissions.ts'
import { recordAudit } from '../audit/audit-log.ts'
import { announceChanges, type Revocations } from '../authentication/revocations.ts'
import { hashSecret } from '../authentication/secrets.ts'
import type { ApiToken } from './api-token.objects.ts'
import { ApiTokenEntity } from './api-token.entity.ts'
import { draftToken, type NewApiToken, type TokenDraft } from './api-token.rules.ts'
import { newApiToken, prefixOf } from './token-secret.ts'

const MOST = 500

const TOKENS = `
select t.id, t.name, t.prefix, t.role, t.scopes, t.created_at as "createdAt", t.expires_at as "expiresAt",
       t.last_used_at as "lastUsedAt", u.name as "createdBy"
  from api_token t left join app_user u on u.id = t.created_by
 where t.workspace_id = $1 order by t.id desc`

/** The keys for programs of a workspace. */
export class ApiTokenService {
  constructor(
    private readonly options: { database: Database; revocations: Revocations; clock: Clock },
  ) {}

  /** Newest first. */
  async list(scope: ReadScope): Promise<ApiToken[]> {
    const manager = await scope.manager()
    return (await manager.query(TOKENS, [scope.actor.workspaceId])) as ApiToken[]
  }

  /** Answers the secret, which is kept nowhere. Only people make tokens. Throws INVALID with all problems. */
  async create(actor: Actor, given: NewApiToken): Promise<{ apiToken: ApiToken; token: string }> {
    requireRole(actor, 'admin')
    const { userId } = requirePerson(actor)
    const draft = draftToken(given, actor.role!, this.options.clock.now())
    if (Array.isArray(draft)) throw AppError.invalid(draft)
    const token = newApiToken()
    return { apiToken: await this.store(actor, userId, draft, token), token }
  }

  /** Answers false when there is none such. */
  async revoke(actor: Actor, id: string): Promise<boolean> {
    requireRole(actor, 'admin')
    if (!isId(id)) return false
    const { database, revocations, clock } = this.options
    const { workspaceId } = actor
    const told = [{ credentialId: id, workspaceId }]
    const isRevoked = await database.write(workspaceId, async (manager) => {
      const [rows] = (await manager.query(
        'delete from api_token where workspace_id = $1 and id = $2 returning name, role, scopes',
        [workspaceId, id],
      )) as [{ name: string; role: string; scopes: string[] | null }[], number]
      const row = rows[0]
      if (!row) return false
      const target = { targetType: 'token', targetId: id, targetName: row.name }
      await recordAudit(manager, actor, new Date(clock.now()), [
        { action: 'token.revoke', ...target, before: { ...row } },
      ])
      await announceChanges(manager, told)
      return true
    })
    if (isRevoked) revocations.committed(told)
    return isRevoked
  }

  private store(
    actor: Actor,
    createdBy: string,
    draft: TokenDraft,
    token: string,
  ): Promise<ApiToken> {
    const { workspaceId } = actor
    const nowMs = this.options.clock.now()
    const [id, createdAt, prefix] = [newId(nowMs), new Date(nowMs), prefixOf(token)]
    return this.options.database.write(workspaceId, async (manager) => {
      // One at a time: many at once must not get past the limit together.
      await manager.query('select from workspace where id = $1 for update', [workspaceId])
      if ((await manager.countBy(ApiTokenEntity, { workspaceId })) >= MOST) throw tooMany()
      await manager.insert(ApiTokenEntity, {
        ...{ workspaceId, id, prefix, createdBy, createdAt, ...draft },
        ...{ secretHash: hashSecret(token), lastUsedAt: null },
      })
      const { name, role, scopes, expiresAt } = draft
      const target = { targetType: 'token', targetId: id, targetName: name }
      await recordAudit(manager, actor, createdAt, [
        { action: 'token.create', ...target, after: { role, scopes, expiresAt } },
      ])
      const made = { ...draft, id, prefix, createdAt, lastUsedAt: null }
      return { ...made, createdBy: actor.name ?? null }
    })
  }
}

function tooMany(): AppError {
  const message = `A workspace has at most ${MOST} API tokens. Revoke some first.`
  return AppError.invalid([{ path: [], code: 'LIMIT', message }])
}
