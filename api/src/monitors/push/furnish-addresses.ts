import type { Database } from '../../db/index.ts'
import type { Clock } from '../../lib/clock.ts'
import type { SecretBox } from '../../lib/secret-box.ts'
import { sealSecrets } from '../monitor-secrets.ts'
import { ensurePingKey } from './ping-keys.ts'
import { hashPushToken, newPingId, slugOf } from './push-token.ts'

const LACKING = `
select workspace_id as "workspaceId", id, name from monitor
 where push_token_hash is not null and ping_id_hash is null for update skip locked`

const FURNISH = `
update monitor set secrets = secrets || $3::jsonb, ping_id_hash = $4, ping_slug = $5,
       settings = settings || jsonb_build_object('slug', $5::text)
 where workspace_id = $1 and id = $2`

/** Gives push monitors of older versions what their addresses lack. At a start; a second one finds nothing. */
export async function furnishAddresses(
  database: Pick<Database, 'work'>,
  box: SecretBox,
  clock: Pick<Clock, 'now'>,
): Promise<void> {
  await database.work(async (runner) => {
    const rows = (await runner.query(LACKING)) as {
      workspaceId: string
      id: string
      name: string
    }[]
    for (const { workspaceId, id, name } of rows) {
      const pingId = newPingId()
      const secrets = JSON.stringify(sealSecrets(box, id, { pingId }))
      await ensurePingKey(runner, box, workspaceId, clock.now())
      await runner.query(FURNISH, [workspaceId, id, secrets, hashPushToken(pingId), slugOf(name)])
    }
  })
}
