import type { SqlRunner } from '../../events/index.ts'
import type { SecretBox } from '../../lib/secret-box.ts'
import { placeOf } from './signing-keys.ts'

/** Seals every key that signs access tokens with the present master key; answers how many there are. */
export async function resealSigningKeys(runner: SqlRunner, box: SecretBox): Promise<number> {
  const keys = (await runner.query(
    'select kid, private_key as sealed from signing_key for update',
  )) as { kid: string; sealed: string }[]
  for (const { kid, sealed } of keys)
    await runner.query('update signing_key set private_key = $2 where kid = $1', [
      kid,
      box.reseal(sealed, placeOf(kid)),
    ])
  return keys.length
}
