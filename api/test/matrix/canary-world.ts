import { randomBytes } from 'node:crypto'
import { hashSecret, newSecret } from '../../src/accounts/authentication/secrets.ts'
import { newApiToken } from '../../src/accounts/tokens/token-secret.ts'
import { readConfig } from '../../src/config/index.ts'
import { type App, startApp } from '../../src/app.ts'
import { encodeCursor } from '../../src/events/index.ts'
import { newId } from '../../src/lib/ids.ts'
import type { Log } from '../../src/lib/log.ts'
import { systemClock } from '../../src/lib/clock.ts'
import { newWorkspace } from '../database.ts'
import { insertMonitor } from '../monitors.ts'
import { madeFolder, removeFolders } from '../server-process.ts'
import { insertStatusPage } from '../status-pages.ts'
import type { ObjectKind } from './argument-ids.ts'

/** A workspace in whose every text a canary sits. */
export interface Place {
  id: string
  canary: string
  /** One that is always there. */
  ownerId: string
  name: string
}

/** A faulty request of ours, as the log has it. */
export interface Fault {
  message: string
  fields: object
}

/** The whole server in this process, with two workspaces full of canaries. */
export class CanaryWorld {
  readonly faults: Fault[] = []
  app: App
  ours: Place
  theirs: Place

  static async open(): Promise<CanaryWorld> {
    const world = new CanaryWorld()
    const environment = {
      HOST: '127.0.0.1',
      PORT: '0',
      TRUSTED_PROXIES: '127.0.0.1',
      SERVE_WEB: 'false',
    }
    const dataFolder = madeFolder('allswell-matrix-')
    const places = { workingFolder: dataFolder, webFolder: dataFolder }
    const config = readConfig({ ...environment, ALLSWELL_DATA: dataFolder }, places)
    const note: Log['error'] = (fields, message) => void world.faults.push({ fields, message })
    const silent = (): void => undefined
    const log = { debug: silent, info: silent, warn: silent, error: note }
    world.app = await startApp({ config, clock: systemClock, log })
    await world.sql('insert into instance (id, set_up_at) values (1, now()) on conflict do nothing')
    world.ours = await world.place('OURS')
    world.theirs = await world.place('THEIRS')
    return world
  }

  async close(): Promise<void> {
    await this.app.stop()
    removeFolders()
  }

  sql<T>(text: string, values: unknown[] = []): Promise<T[]> {
    return this.app.database.worker.query(text, values)
  }

  private async place(side: string): Promise<Place> {
    const id = await newWorkspace(this.app.database)
    const canary = `CANARY-${side}-${randomBytes(4).toString('hex')}`
    const name = `${canary} workspace`
    await this.sql('update workspace set name = $2 where id = $1', [id, name])
    const ownerId = await this.person(`${canary} owner`)
    const place = { id, canary, ownerId, name }
    await this.join(place, ownerId, 'owner')
    for (const kind of ['monitor', 'invitation', 'api token', 'member', 'status page'] as const)
      await this.object(kind, place, ownerId)
    await this.audit(place)

    return place
  }

  /** A person whose name and address are a text. */
  async person(name: string, passwordHash: string | null = null): Promise<string> {
    const id = newId()
    const email = `${name.replaceAll(' ', '.')}.${id.slice(-12)}@example.com`.toLowerCase()
    await this.sql(
      `insert into app_user (id, email, email_key, name, email_verified_at, password_hash, created_at, updated_at)
       values ($1, $2, $2, $3, now(), $4, now(), now())`,
      [id, email, name, passwordHash],
    )
    return id
  }

  async join(place: Place, userId: string, role: string, isSuspended = false): Promise<void> {
    await this.sql(
      `insert into membership (workspace_id, user_id, role, suspended_at, created_at)
       values ($1, $2, $3, case when $4 then now() end, now())`,
      [place.id, userId, role, isSuspended],
    )
  }

  /** Signs a person in; answers the cookie's secret. */
  async session(userId: string, canary: string): Promise<{ id: string; secret: string }> {
    const [id, secret] = [newId(), newSecret()]
    await this.sql(
      `insert into session (id, user_id, kind, secret_hash, user_agent, ip_address, created_at, last_seen_at, expires_at)
       values ($1, $2, 'browser', $3, $4, $4, now(), now(), now() + interval '1 day')`,
      [id, userId, hashSecret(secret), canary],
    )
    return { id, secret }
  }

  async token(
    place: Place,
    wishes: { role: string; scopes?: readonly string[]; isExpired?: boolean; userId?: string },
  ): Promise<{ id: string; secret: string }> {
    const { role, scopes = null, isExpired = false, userId = null } = wishes
    const [id, secret] = [newId(), newApiToken()]
    await this.sql(
      `insert into api_token (workspace_id, id, name, prefix, secret_hash, role, scopes, created_by, created_at, expires_at)
       values ($1, $2, $3, $3, $4, $5, $6, $7, now(), now() + case when $8 then -1 else 1 end * interval '1 hour')`,
      [place.id, id, `${place.canary} token`, hashSecret(secret), role, scopes, userId, isExpired],
    )
    return { id, secret }
  }

  /** Makes an object of a workspace, or of one of its people, and answers its id. */
  async object(kind: ObjectKind, place: Place, userId: string): Promise<string> {
    const { canary } = place
    switch (kind) {
      case 'monitor':
        return this.monitor(place)
      case 'member': {
        const id = await this.person(`${canary} member`)
        await this.join(place, id, 'viewer')
        return id
      }
      case 'invitation':
        return (await this.invitation(place)).id
      case 'secret of an invitation':
        return (await this.invitation(place)).secret
      case 'api token':
        return (await this.token(place, { role: 'viewer' })).id
      case 'session':
        return (await this.session(userId, canary)).id
      // The last way to sign in can't be removed: there is always one of the other kind.
      case 'passkey':
        await this.owned('identity', userId, canary)
        return this.owned('passkey', userId, canary)
      case 'identity':
        await this.owned('passkey', userId, canary)
        return this.owned('identity', userId, canary)
      case 'status page':
        return (await this.page(place)).pageId
      case 'page section':
        return (await this.page(place)).sectionId
      case 'component':
        return (await this.page(place)).componentId
      case 'slug of a private page':
        return (await this.page(place)).slug
      case 'acting person':
        return place.ownerId
      case 'audited thing':
        return this.audit(place)
      case 'cursor of events':
        return encodeCursor(place.id, await this.head(place))
    }
  }

  /** A little before now, so that something is told from there. */
  private async head(place: Place): Promise<{ epoch: number; position: number }> {
    const [head] = await this.sql<{ epoch: number; position: string }>(
      'select epoch, position from event_head where workspace_id = $1',
      [place.id],
    )
    return { epoch: head!.epoch, position: Math.max(0, Number(head!.position) - 20) }
  }

  private async monitor({ id, canary }: Place): Promise<string> {
    const settings = {
      url: `http://127.0.0.1:1/${canary}`,
      headers: [{ name: 'x', value: canary }],
      body: canary,
    }
    const { monitorId } = await insertMonitor(this.app.database, id, { settings })
    await this.sql(
      `update monitor set name = $3, target = $3, conditions = array[$4] where workspace_id = $1 and id = $2`,
      [id, monitorId, `${canary} monitor`, `body != "${canary}"`],
    )
    await this.sql(
      `update monitor_state set reason = $3, last_message = $3 where workspace_id = $1 and monitor_id = $2`,
      [id, monitorId, canary],
    )
    await this.sql(
      `insert into heartbeat (workspace_id, monitor_id, slot, status, message)
       values ($1, $2, now() - interval '1 minute', 1, $3)`,
      [id, monitorId, canary],
    )
    await this.sql(
      'update state_span set reason = $3 where workspace_id = $1 and monitor_id = $2',
      [id, monitorId, canary],
    )
    await this.event({ id, canary }, monitorId)
    return monitorId
  }

  /** For members only, with a component for which a monitor speaks. */
  private async page(place: Place): ReturnType<typeof insertStatusPage> {
    const { id, canary } = place
    const monitorIds = [await this.monitor(place)]
    const texts = { title: `${canary} page`, text: canary }
    return insertStatusPage(this.app.database, id, { visibility: 'members', monitorIds, ...texts })
  }

  private async invitation(place: Place): Promise<{ id: string; secret: string }> {
    const [id, secret] = [newId(), newSecret()]
    await this.sql(
      `insert into invitation (workspace_id, id, secret_hash, email, role, invited_by, created_at, expires_at)
       values ($1, $2, $3, null, 'viewer', $4, now(), now() + interval '1 day')`,
      [place.id, id, hashSecret(secret), place.ownerId],
    )
    return { id, secret }
  }

  private async owned(
    table: 'passkey' | 'identity',
    userId: string,
    canary: string,
  ): Promise<string> {
    const id = newId()
    const sql = {
      passkey: `insert into passkey (id, user_id, credential_id, public_key, counter, name, is_synced, created_at)
                values ($1::uuid, $2, $1::uuid::text, '\\x00', 0, $3, false, now())`,
      identity: `insert into identity (id, user_id, provider, subject, email, created_at, last_used_at)
                 values ($1::uuid, $2, 'github', $1::uuid::text, $3, now(), now())`,
    }
    await this.sql(sql[table], [id, userId, canary])
    return id
  }

  private async audit({ id, canary, ownerId }: Place): Promise<string> {
    const target = newId()
    await this.sql(
      `insert into audit_entry (workspace_id, id, at, action, actor_kind, actor_id, actor_name, target_type,
         target_id, target_name, ip_address, before, after)
       values ($1, $2, now(), 'monitor.update', 'person', $3, $4, 'monitor', $5, $4, $4, $6, $6)`,
      [id, newId(), ownerId, canary, target, JSON.stringify({ name: canary })],
    )
    return target
  }

  private async event(
    { id, canary }: Pick<Place, 'id' | 'canary'>,
    monitorId: string,
  ): Promise<void> {
    await this.sql(
      `with head as (update event_head set position = position + 1 where workspace_id = $1 returning position)
       insert into event (workspace_id, day, position, kind, at, body)
       select $1, current_date, position, 'monitor.statusChanged', now(), $2 from head`,
      [
        id,
        JSON.stringify({ monitorId, from: 'UP', to: 'DOWN', reason: canary, since: Date.now() }),
      ],
    )
    await this.app.database.notify('allswell_events', '')
  }
}
