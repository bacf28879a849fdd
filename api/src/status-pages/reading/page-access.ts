import { createHmac, timingSafeEqual } from 'node:crypto'
import { type Throttle, verifyPassword } from '../../accounts/index.ts'
import type { SqlRunner } from '../../events/index.ts'
import { type Actor } from '../../lib/actor.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { isId } from '../../lib/ids.ts'
import { requireScope } from '../../lib/permissions.ts'
import type { PageVisibility } from '../page-visibility.ts'

/** Where a page lies, and who may see it. */
export interface PagePlace {
  workspaceId: string
  pageId: string
  slug: string
  visibility: PageVisibility
  passwordVersion: number
}

/** Who wants to see a page. */
export interface PageVisitor {
  actor: Actor
  /** What `unlock` answered. */
  access?: string | null | undefined
}

const LASTS_MS = 12 * 3_600_000
const SLUG = /^[a-z0-9-]{1,60}$/
const TOKEN = /^v1\.([a-z0-9]{1,12})\.([A-Za-z0-9_-]{43})$/
const MEMBER = `
select 1 from membership m join app_user u on u.id = m.user_id
 where m.workspace_id = $1 and m.user_id = $2 and m.suspended_at is null and u.suspended_at is null`
const PLACE = `select workspace_id as "workspaceId", id as "pageId", slug, visibility,
       password_version as "passwordVersion" from status_page where`

export interface PageAccessOptions {
  database: { worker: SqlRunner }
  throttle: Pick<Throttle, 'attempt'>
  /** Nobody else knows it. */
  key: Buffer
  clock: Pick<Clock, 'now'>
}

/** Who may see which page. */
export class PageAccess {
  constructor(private readonly options: PageAccessOptions) {}

  /** Where a page lies; null when there is none. Says nothing of who may see it. */
  async find(slug: string): Promise<PagePlace | null> {
    if (!SLUG.test(slug)) return null
    return this.one(`${PLACE} slug = $1`, [slug])
  }

  /** The page that has a domain of its own; null when there is none. */
  async findByDomain(domain: string): Promise<PagePlace | null> {
    return this.one(`${PLACE} domain = $1`, [domain.toLowerCase()])
  }

  /**
   * Throws NOT_FOUND where there is no page or nothing of it may be told, UNAUTHENTICATED where its password is
   * wanted.
   */
  async admit(place: PagePlace | null, visitor: PageVisitor): Promise<PagePlace> {
    if (!place) throw unknown()
    const { visibility } = place
    if (visibility === 'public' || visibility === 'unlisted') return place
    if (visibility === 'password' && this.isUnlocked(place, visitor.access)) return place
    if (await this.isMember(place, visitor.actor)) return place
    if (visibility === 'members') throw unknown()
    throw new AppError('UNAUTHENTICATED', 'This page asks for its password.', {
      visibility: 'PASSWORD',
    })
  }

  /**
   * Answers what opens the page for 12 hours, or until its password changes. Throws INVALID for a wrong password, in
   * the same words and time where there is no such page; LIMIT for too many tries.
   */
  async unlock(slug: string, password: string, ipAddress: string): Promise<string> {
    const place = await this.find(slug)
    const isLocked = place?.visibility === 'password'
    return this.options.throttle.attempt(
      { account: `page ${slug.slice(0, 60)}`, ipAddress },
      async () => {
        const hash = isLocked ? await this.hashOf(place) : null
        const isRight = await verifyPassword(hash, password)
        if (isRight && place) return this.tokenFor(place)
        const message = 'This is not the password of this page.'
        throw AppError.invalid([{ path: ['password'], code: 'INVALID', message }])
      },
    )
  }

  private tokenFor(place: PagePlace): string {
    const until = (this.options.clock.now() + LASTS_MS).toString(36)
    return `v1.${until}.${this.sign(place, until)}`
  }

  private isUnlocked(place: PagePlace, access: string | null | undefined): boolean {
    const [, until, signature] = TOKEN.exec(access ?? '') ?? []
    if (until === undefined || signature === undefined) return false
    if (Number.parseInt(until, 36) <= this.options.clock.now()) return false
    return timingSafeEqual(Buffer.from(signature), Buffer.from(this.sign(place, until)))
  }

  private sign({ pageId, passwordVersion }: PagePlace, until: string): string {
    const text = `${pageId} ${passwordVersion} ${until}`
    return createHmac('sha256', this.options.key).update(text).digest('base64url')
  }

  private async isMember({ workspaceId }: PagePlace, actor: Actor): Promise<boolean> {
    if (actor.kind === 'anonymous' || !actor.id) return false
    if (actor.workspaceId === workspaceId && actor.role) {
      requireScope(actor, 'pages:read')
      return true
    }
    if (actor.kind !== 'user' || !isId(actor.id)) return false
    const rows = (await this.options.database.worker.query(MEMBER, [
      workspaceId,
      actor.id,
    ])) as object[]
    return rows.length > 0
  }

  private async hashOf({ workspaceId, pageId }: PagePlace): Promise<string | null> {
    const sql = 'select password_hash as hash from status_page where workspace_id = $1 and id = $2'
    const rows = (await this.options.database.worker.query(sql, [workspaceId, pageId])) as {
      hash: string | null
    }[]
    return rows[0]?.hash ?? null
  }

  private async one(sql: string, values: unknown[]): Promise<PagePlace | null> {
    const rows = (await this.options.database.worker.query(sql, values)) as PagePlace[]
    return rows[0] ?? null
  }
}

function unknown(): AppError {
  return new AppError('NOT_FOUND', 'There is no such status page.')
}
