import type { SqlRunner } from '../../events/index.ts'
import type { Clock } from '../../lib/clock.ts'
import type { Log } from '../../lib/log.ts'
import type { Credential, Place } from './credential.ts'

/** How exactly the last use is written down. */
const SPACING_MS = { user: 300_000, token: 60_000 }
const MOST_NOTED = 20_000

interface Use {
  atMs: number
  workspaceId: string | undefined
}

const SESSION_USED = `
with used as (
  update session set last_seen_at = greatest(last_seen_at, $2), ip_address = coalesce($3, ip_address)
   where id = $1 returning user_id
)
update app_user u set last_workspace_id = coalesce($4, u.last_workspace_id)
  from used where u.id = used.user_id`
const TOKEN_USED = `
update api_token set last_used_at = greatest(coalesce(last_used_at, $2), $2)
 where workspace_id = $3 and id = $1`

/** Writes down when sessions and tokens are used: not each time, and never in the way of the request. */
export class UseNotes {
  private readonly noted = new Map<string, Use>()

  constructor(
    private readonly options: { database: { worker: SqlRunner }; clock: Clock; log: Log },
  ) {}

  /** When a credential was last used, as far as this process knows. */
  usedAtMs({ id, usedAtMs }: Credential): number | null {
    const here = this.noted.get(id)?.atMs
    return here === undefined ? usedAtMs : Math.max(here, usedAtMs ?? 0)
  }

  used(
    credential: Credential,
    place: Place | undefined,
    { ipAddress, workspace }: { ipAddress?: string | undefined; workspace?: string | undefined },
  ): void {
    const { id, kind } = credential
    const now = this.options.clock.now()
    // A person who names a workspace comes back to it next time.
    const named = workspace === undefined ? undefined : place?.workspaceId
    const before = this.noted.get(id)
    if (before && now - before.atMs < SPACING_MS[kind] && !isMoved(before, named)) return
    if (this.noted.size >= MOST_NOTED) this.noted.clear()
    this.noted.set(id, { atMs: now, workspaceId: named ?? before?.workspaceId })
    this.write(credential, place, named, ipAddress, new Date(now).toISOString())
  }

  private write(
    { id, kind }: Credential,
    place: Place | undefined,
    named: string | undefined,
    ipAddress: string | undefined,
    at: string,
  ): void {
    const asked =
      kind === 'user'
        ? ([SESSION_USED, [id, at, ipAddress ?? null, named ?? null]] as const)
        : ([TOKEN_USED, [id, at, place?.workspaceId ?? null]] as const)
    this.options.database.worker.query(asked[0], [...asked[1]]).catch((error: unknown) => {
      this.noted.delete(id)
      this.options.log.debug({ err: error }, 'The use of a credential was not written down')
    })
  }
}

const isMoved = (before: Use, named: string | undefined): boolean =>
  named !== undefined && named !== before.workspaceId
