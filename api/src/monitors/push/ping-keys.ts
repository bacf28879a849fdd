import type { SqlRunner } from '../../events/index.ts'
import type { SecretBox } from '../../lib/secret-box.ts'
import { hashPushToken, newPingKey } from './push-token.ts'

const placeOf = (workspaceId: string): string => `ping_key.sealed/${workspaceId}`

const ENSURE = `
insert into ping_key (workspace_id, key_hash, sealed, created_at) values ($1, $2, $3, $4)
on conflict (workspace_id) do nothing`

const REPLACE = `
insert into ping_key (workspace_id, key_hash, sealed, created_at) values ($1, $2, $3, $4)
on conflict (workspace_id) do update
   set key_hash = excluded.key_hash, sealed = excluded.sealed, created_at = excluded.created_at`

const values = (box: SecretBox, workspaceId: string, key: string, nowMs: number): unknown[] => [
  workspaceId,
  hashPushToken(key),
  box.seal(key, placeOf(workspaceId)),
  new Date(nowMs).toISOString(),
]

/** Sees to it that a workspace has a ping key. */
export async function ensurePingKey(
  runner: SqlRunner,
  box: SecretBox,
  workspaceId: string,
  nowMs: number,
): Promise<void> {
  await runner.query(ENSURE, values(box, workspaceId, newPingKey(), nowMs))
}

/** From now on this key and no other. */
export async function replacePingKey(
  runner: SqlRunner,
  box: SecretBox,
  workspaceId: string,
  key: string,
  nowMs: number,
): Promise<void> {
  await runner.query(REPLACE, values(box, workspaceId, key, nowMs))
}

/** The key in the open; null while there is none. */
export async function readPingKey(
  runner: SqlRunner,
  box: SecretBox,
  workspaceId: string,
): Promise<string | null> {
  const rows = (await runner.query('select sealed from ping_key where workspace_id = $1', [
    workspaceId,
  ])) as { sealed: string }[]
  return rows[0] ? box.open(rows[0].sealed, placeOf(workspaceId)) : null
}

/** Seals every ping key with the present master key; answers how many there are. */
export async function resealPingKeys(runner: SqlRunner, box: SecretBox): Promise<number> {
  const rows = (await runner.query(
    'select workspace_id as "workspaceId", sealed from ping_key for update',
  )) as { workspaceId: string; sealed: string }[]
  for (const { workspaceId, sealed } of rows)
    await runner.query('update ping_key set sealed = $2 where workspace_id = $1', [
      workspaceId,
      box.reseal(sealed, placeOf(workspaceId)),
    ])
  return rows.length
}
