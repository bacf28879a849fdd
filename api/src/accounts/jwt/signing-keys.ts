import type { CryptoKey, JWK } from 'jose'
import type { Database } from '../../db/index.ts'
import type { SqlRunner } from '../../events/index.ts'
import type { Clock } from '../../lib/clock.ts'
import { newId } from '../../lib/ids.ts'
import type { SecretBox } from '../../lib/secret-box.ts'

/** Loaded when somebody first uses a token of this kind: it takes memory, and few do. */
export const jose = () => import('jose')

export const ALGORITHM = 'EdDSA'
/** What the old key has signed is good for so long after a rotation. */
const RETIRED_LASTS_MS = 3_600_000
/** Another process may have rotated: the keys are read again after so long, and for a key that nobody knows. */
const KNOWN_MS = 60_000
const LEAST_BETWEEN_READS_MS = 1_000
/** Any two processes that make a key wait for one another. */
const LOCK = 'select pg_advisory_xact_lock(7201, 1)'

interface KeyRow {
  kid: string
  publicJwk: JWK
  privateKey: string
  retiredAt: Date | null
}

interface KnownKey extends KeyRow {
  publicKey: CryptoKey
}

export interface Signer {
  kid: string
  key: CryptoKey
}

export const placeOf = (kid: string): string => `signing_key.private_key/${kid}`

/** The keys that access tokens are signed with: one signs, those before it are believed for another hour. */
export class SigningKeys {
  private known: KnownKey[] = []
  private signing: Signer | undefined
  private readAtMs = -Infinity
  private reading: Promise<void> | undefined

  constructor(
    private readonly options: {
      database: Pick<Database, 'work' | 'worker'>
      secretBox: Pick<SecretBox, 'seal' | 'open'>
      clock: Clock
    },
  ) {}

  /** The key to sign with; the first one is made on its first use. */
  async signer(): Promise<Signer> {
    await this.readAfter(KNOWN_MS)
    if (this.signing) return this.signing
    await this.make(false)
    if (!this.signing) throw new Error('There is no key to sign with')
    return this.signing
  }

  /** The public key of that name; undefined when there is none, or it is retired for too long. */
  async publicKey(kid: string): Promise<CryptoKey | undefined> {
    await this.readAfter(this.find(kid) ? KNOWN_MS : LEAST_BETWEEN_READS_MS)
    return this.find(kid)?.publicKey
  }

  /** What others verify our tokens with (RFC 7517). */
  async jwks(): Promise<{ keys: JWK[] }> {
    await this.signer()
    return { keys: this.known.filter((key) => this.isGood(key)).map((key) => key.publicJwk) }
  }

  /** A new key signs from now on; answers its name. What is too old is thrown away. */
  async rotate(): Promise<string> {
    await this.make(true)
    return (await this.signer()).kid
  }

  private find(kid: string): KnownKey | undefined {
    return this.known.find((key) => key.kid === kid && this.isGood(key))
  }

  private isGood({ retiredAt }: KeyRow): boolean {
    return !retiredAt || retiredAt.getTime() + RETIRED_LASTS_MS > this.options.clock.now()
  }

  private async make(isRotation: boolean): Promise<void> {
    const { database, clock } = this.options
    const now = clock.now()
    await database.work(async (runner) => {
      await runner.query(LOCK)
      const [{ count }] = (await runner.query(
        'select count(*)::int as count from signing_key where retired_at is null',
      )) as [{ count: number }]
      if (count && !isRotation) return
      await this.replace(runner, new Date(now))
    })
    await this.read()
  }

  private async replace(runner: SqlRunner, now: Date): Promise<void> {
    const old = new Date(now.getTime() - RETIRED_LASTS_MS)
    await runner.query('delete from signing_key where retired_at < $1', [old.toISOString()])
    await runner.query('update signing_key set retired_at = $1 where retired_at is null', [
      now.toISOString(),
    ])
    const { exportJWK, generateKeyPair } = await jose()
    const { publicKey, privateKey } = await generateKeyPair(ALGORITHM, {
      crv: 'Ed25519',
      extractable: true,
    })
    const kid = newId(now.getTime())
    const publicJwk = { ...(await exportJWK(publicKey)), kid, alg: ALGORITHM, use: 'sig' }
    const secret = JSON.stringify(await exportJWK(privateKey))
    await runner.query(
      'insert into signing_key (kid, public_jwk, private_key, created_at) values ($1, $2, $3, $4)',
      [
        ...[kid, JSON.stringify(publicJwk), this.options.secretBox.seal(secret, placeOf(kid))],
        now.toISOString(),
      ],
    )
  }

  private async readAfter(ms: number): Promise<void> {
    if (this.options.clock.monotonic() - this.readAtMs < ms) return
    await (this.reading ??= this.read().finally(() => (this.reading = undefined)))
  }

  private async read(): Promise<void> {
    const { database, clock, secretBox } = this.options
    const rows = (await database.worker.query(
      `select kid, public_jwk as "publicJwk", private_key as "privateKey", retired_at as "retiredAt"
         from signing_key order by created_at desc, kid desc`,
    )) as KeyRow[]
    this.known = await Promise.all(
      rows.map(async (row) => ({ ...row, publicKey: await imported(row.publicJwk) })),
    )
    const active = rows.find((row) => !row.retiredAt)
    if (active?.kid !== this.signing?.kid)
      this.signing = active && {
        kid: active.kid,
        key: await imported(
          JSON.parse(secretBox.open(active.privateKey, placeOf(active.kid))) as JWK,
        ),
      }
    this.readAtMs = clock.monotonic()
  }
}

async function imported(jwk: JWK): Promise<CryptoKey> {
  const { importJWK } = await jose()
  return (await importJWK(jwk, ALGORITHM)) as CryptoKey
}
