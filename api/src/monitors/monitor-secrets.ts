import type { SqlRunner } from '../events/index.ts'
import type { SecretBox } from '../lib/secret-box.ts'

/** Binds a sealed secret to its place, so that it can't be moved to another monitor or field. */
function placeOf(monitorId: string, name: string): string {
  return `monitor.secrets/${monitorId}/${name}`
}

export function sealSecrets(
  box: SecretBox,
  monitorId: string,
  secrets: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(secrets).map(([name, text]) => [name, box.seal(text, placeOf(monitorId, name))]),
  )
}

export function openSecrets(
  box: SecretBox,
  monitorId: string,
  sealed: Record<string, string>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(sealed).map(([name, text]) => [name, box.open(text, placeOf(monitorId, name))]),
  )
}

/** Seals the secrets of every monitor with the present master key; answers how many monitors have some. */
export async function resealMonitorSecrets(runner: SqlRunner, box: SecretBox): Promise<number> {
  const monitors = (await runner.query(
    `select workspace_id as "workspaceId", id, secrets from monitor where secrets <> '{}' for update`,
  )) as { workspaceId: string; id: string; secrets: Record<string, string> }[]
  for (const { workspaceId, id, secrets } of monitors) {
    const resealed = Object.entries(secrets).map(([name, sealed]) => [
      name,
      box.reseal(sealed, placeOf(id, name)),
    ])
    await runner.query('update monitor set secrets = $3 where workspace_id = $1 and id = $2', [
      workspaceId,
      id,
      JSON.stringify(Object.fromEntries(resealed)),
    ])
  }
  return monitors.length
}
