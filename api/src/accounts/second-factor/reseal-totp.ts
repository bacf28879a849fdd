import type { SqlRunner } from '../../events/index.ts'
import type { SecretBox } from '../../lib/secret-box.ts'
import { totpPlace } from './second-factor.service.ts'

/** Seals every secret of an authenticator app with the present master key; answers how many there are. */
export async function resealTotpSecrets(runner: SqlRunner, box: SecretBox): Promise<number> {
  const users = (await runner.query(
    'select id, totp_secret as sealed from app_user where totp_secret is not null for update',
  )) as { id: string; sealed: string }[]
  for (const { id, sealed } of users)
    await runner.query('update app_user set totp_secret = $2 where id = $1', [
      id,
      box.reseal(sealed, totpPlace(id)),
    ])
  return users.length
}
