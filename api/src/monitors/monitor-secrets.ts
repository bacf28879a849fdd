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
