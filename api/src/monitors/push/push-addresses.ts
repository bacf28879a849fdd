import type { SqlRunner } from '../../events/index.ts'
import type { Clock } from '../../lib/clock.ts'
import { AddressBook } from './address-book.ts'
import { hashPushToken, isPingId, isPingKey, isPushToken } from './push-token.ts'

export interface Address {
  workspaceId: string
  monitorId: string
}

/** Where a ping key and a slug lead: to a workspace, and there to one monitor, none, or too many. */
export interface SlugPlace {
  workspaceId: string
  monitorIds: string[]
}

const BY_TOKEN = `
select workspace_id as "workspaceId", id as "monitorId" from monitor
 where push_token_hash = $1 and deleted_at is null`

const BY_PING_ID = `
select workspace_id as "workspaceId", id as "monitorId" from monitor
 where ping_id_hash = $1 and deleted_at is null`

const BY_SLUG = `
select k.workspace_id as "workspaceId",
       array(select m.id::text from monitor m
              where m.workspace_id = k.workspace_id and m.ping_slug = $2 and m.deleted_at is null
              limit 2) as "monitorIds"
  from ping_key k where k.key_hash = $1`

const LONGEST_SLUG = 100

/** Finds the monitors behind the secret addresses of all formats. */
export class PushAddresses {
  private readonly tokens: AddressBook<Address>
  private readonly pingIds: AddressBook<Address>
  private readonly slugs: AddressBook<SlugPlace>

  constructor(
    private readonly database: { worker: SqlRunner },
    clock: Pick<Clock, 'monotonic'>,
  ) {
    const one = (sql: string) => async (secret: string) =>
      (await this.rows<Address>(sql, [hashPushToken(secret)]))[0]
    this.tokens = new AddressBook(one(BY_TOKEN), clock)
    this.pingIds = new AddressBook(one(BY_PING_ID), clock)
    this.slugs = new AddressBook((key) => this.placeOf(key), clock)
  }

  async ofToken(token: string): Promise<Address | undefined> {
    return isPushToken(token) ? this.tokens.find(token) : undefined
  }

  async ofPingId(pingId: string): Promise<Address | undefined> {
    return isPingId(pingId) ? this.pingIds.find(pingId) : undefined
  }

  async ofSlug(pingKey: string, slug: string): Promise<SlugPlace | undefined> {
    const isPossible = isPingKey(pingKey) && slug.length <= LONGEST_SLUG
    return isPossible ? this.slugs.find(`${pingKey}/${slug}`) : undefined
  }

  /** What was found there is gone or changed: it is looked up anew. */
  forget(secret: string): void {
    for (const book of [this.tokens, this.pingIds, this.slugs]) book.forget(secret)
  }

  private async placeOf(key: string): Promise<SlugPlace | undefined> {
    const pingKey = key.slice(0, key.indexOf('/'))
    const slug = key.slice(pingKey.length + 1)
    return (await this.rows<SlugPlace>(BY_SLUG, [hashPushToken(pingKey), slug]))[0]
  }

  private async rows<T>(sql: string, values: unknown[]): Promise<T[]> {
    return (await this.database.worker.query(sql, values)) as T[]
  }
}
