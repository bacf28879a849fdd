import {
  emailKeyOf,
  emailProblems,
  type Mailer,
  type RequestQuota,
  subscriptionLetter,
} from '../../accounts/index.ts'
import type { SqlRunner } from '../../events/index.ts'
import { anonymous } from '../../lib/actor.ts'
import { AppError } from '../../lib/app-error.ts'
import type { Clock } from '../../lib/clock.ts'
import { newId } from '../../lib/ids.ts'
import type { Log } from '../../lib/log.ts'
import type { PageAccess, PagePlace } from '../reading/page-access.ts'
import type { SubscriberTokens } from './subscriber-tokens.ts'

export interface PageSubscribersOptions {
  database: { worker: SqlRunner }
  access: Pick<PageAccess, 'find' | 'admit'>
  mailer: Mailer
  quota: Pick<RequestQuota, 'take'>
  tokens: SubscriberTokens
  clock: Pick<Clock, 'now'>
  log: Log
}

/** Where a letter leads back to. */
interface Door {
  ipAddress: string
  /** The doors of the page, as a whole address. */
  doors: string
}

const CONFIRM_HOURS = 48
const HOUR_MS = 3_600_000
/** Letters that are on their way at once; beyond them wishes come to nothing. */
const MOST_PENDING = 50
const MOST_SUBSCRIBERS = 10_000

const CLEAN = `
delete from page_subscriber where confirmed_at is null and requested_at < $1`
/** Who has answered the letter already gets no other one; who has not gets one that holds from now on. */
const ASK = `
insert into page_subscriber as s (workspace_id, id, page_id, email, email_key, requested_at)
select $1, $2, $3, $4, $5, $6
 where (select count(*) from page_subscriber where workspace_id = $1 and page_id = $3) < $7
on conflict on constraint ux_page_subscriber_email do update set requested_at = excluded.requested_at
 where s.confirmed_at is null
returning s.id, (select title from status_page where workspace_id = $1 and id = $3) as title`
const CONFIRM = `
update page_subscriber set confirmed_at = coalesce(confirmed_at, $2)
 where id = $1 and (confirmed_at is not null or requested_at >= $3) returning id`

/** Who hears of a page by e-mail: nobody before they have said so from their own mailbox. */
export class PageSubscribers {
  private readonly pending = new Set<Promise<void>>()

  constructor(private readonly options: PageSubscribersOptions) {}

  /** Whether letters can be sent at all. */
  get isOffered(): boolean {
    return this.options.mailer.isConfigured
  }

  /**
   * Sends a letter that asks whether it was them. Neither the answer nor its time tells who subscribes already. Throws
   * NOT_FOUND for a page that is not for strangers, INVALID for what is no address, LIMIT for too many letters.
   */
  async ask(slug: string, email: string, door: Door): Promise<void> {
    const { access, quota, log } = this.options
    const place = await this.openPage(() => access.find(slug))
    const problems = emailProblems(email)
    if (problems.length) throw AppError.invalid(problems)
    quota.take(`${place.pageId} ${emailKeyOf(email)}`, door.ipAddress)
    if (this.pending.size >= MOST_PENDING) return
    const sending: Promise<void> = this.send(place, email.trim(), door)
      .catch((err: unknown) => log.warn({ err }, 'A letter to a subscriber was not sent'))
      .finally(() => this.pending.delete(sending))
    this.pending.add(sending)
  }

  /** Ends when what was asked for until now has been sent or has failed. */
  async idle(): Promise<void> {
    await Promise.all(this.pending)
  }

  /** Whether the link of a letter holds. */
  async confirm(token: unknown): Promise<boolean> {
    const { tokens, database, clock } = this.options
    const id = tokens.read('confirm', token)
    if (id === undefined) return false
    const now = clock.now()
    const values = [id, iso(now), iso(now - CONFIRM_HOURS * HOUR_MS)]
    const [rows] = (await database.worker.query(CONFIRM, values)) as [object[], number]
    return rows.length > 0
  }

  /** Whether the link is one of ours. Whoever has left already may leave again. */
  async leave(token: unknown): Promise<boolean> {
    const { tokens, database } = this.options
    const id = tokens.read('leave', token)
    if (id === undefined) return false
    await database.worker.query('delete from page_subscriber where id = $1', [id])
    return true
  }

  private async openPage(find: () => Promise<PagePlace | null>): Promise<PagePlace> {
    try {
      return await this.options.access.admit(await find(), { actor: anonymous() })
    } catch (error) {
      if (error instanceof AppError && error.code === 'UNAUTHENTICATED')
        throw new AppError('NOT_FOUND', 'There is no such status page.')
      throw error
    }
  }

  private async send(
    { workspaceId, pageId }: PagePlace,
    email: string,
    { doors }: Door,
  ): Promise<void> {
    const { database, mailer, tokens, clock } = this.options
    const now = clock.now()
    await database.worker.query(CLEAN, [iso(now - CONFIRM_HOURS * HOUR_MS)])
    const wish = [workspaceId, newId(now), pageId, email, emailKeyOf(email), iso(now)]
    const rows = (await database.worker.query(ASK, [...wish, MOST_SUBSCRIBERS])) as {
      id: string
      title: string
    }[]
    const [row] = rows
    if (!row) return
    const leave = `${doors}/unsubscribe?token=${tokens.make('leave', row.id)}`
    const link = `${doors}/subscribe/confirm?token=${tokens.make('confirm', row.id)}`
    const letter = subscriptionLetter({ pageTitle: row.title, link, leave, hours: CONFIRM_HOURS })
    await mailer.send({ to: email, ...letter })
  }
}

const iso = (at: number): string => new Date(at).toISOString()
