import { type CryptoKey, exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newPerson } from '../../../test/accounts.ts'
import { sharedDatabase } from '../../../test/database.ts'
import type { Database } from '../../db/index.ts'
import { newId } from '../../lib/ids.ts'
import { silentLog } from '../../lib/log.ts'
import { ManualClock } from '../../lib/manual-clock.ts'
import { SecretBox } from '../../lib/secret-box.ts'
import { type AuthChange, Revocations } from '../authentication/revocations.ts'
import { SessionService } from '../sessions/session.service.ts'
import { AccessTokens } from './access-tokens.ts'
import { RefreshTokens } from './refresh-tokens.ts'
import { SigningKeys } from './signing-keys.ts'

const secretBox = new SecretBox(Buffer.alloc(32, 7))
let database: Database
let clock: ManualClock
let keys: SigningKeys
let tokens: AccessTokens

beforeAll(async () => {
  database = await sharedDatabase()
  await database.worker.query('delete from signing_key')
  clock = new ManualClock(Date.parse('2026-11-01T00:00:00Z'))
  keys = new SigningKeys({ database, secretBox, clock })
  tokens = new AccessTokens({ keys, clock, issuer: 'https://a.example' })
})

afterAll(() => database.worker.query('delete from signing_key'))

const grounds = () => ({ kind: 'user' as const, id: newId(), userId: newId() })

describe('the signing key', () => {
  it('is made once, however many processes need it at the same moment', async () => {
    const many = Array.from({ length: 6 }, () => new SigningKeys({ database, secretBox, clock }))
    const signers = await Promise.all(many.map((one) => one.signer()))
    expect(new Set(signers.map(({ kid }) => kid)).size).toBe(1)
  })

  it('is stored sealed, and only its public half is published', async () => {
    const { kid } = await keys.signer()
    const rows = (await database.worker.query(
      'select private_key as sealed from signing_key where kid = $1',
      [kid],
    )) as { sealed: string }[]
    expect(rows[0]!.sealed).toMatch(/^v1:/)
    expect(() => secretBox.open(rows[0]!.sealed, 'signing_key.private_key/other')).toThrow()
    const { keys: published } = await keys.jwks()
    expect(published).toEqual([
      { kid, kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig', x: expect.any(String) },
    ])
  })
})

describe('an access token', () => {
  it('says which session or token it stands on, for five minutes', async () => {
    const given = grounds()
    const jwt = await tokens.issue(given)
    expect(await tokens.verify(jwt)).toEqual(given)
    const token = { ...grounds(), kind: 'token' as const }
    expect(await tokens.verify(await tokens.issue(token))).toEqual(token)
    clock.advance(306_000)
    await expect(tokens.verify(jwt)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('is good on another process at once, also when that has just signed with a new key', async () => {
    const other = new SigningKeys({ database, secretBox, clock })
    await other.signer()
    clock.advance(2_000)
    await keys.rotate()
    const given = grounds()
    const there = new AccessTokens({ keys: other, clock, issuer: 'https://a.example' })
    expect(await there.verify(await tokens.issue(given))).toEqual(given)
  })

  it('outlives a rotation; its key stays published for an hour', async () => {
    const given = grounds()
    const jwt = await tokens.issue(given)
    const before = (await keys.signer()).kid
    const after = await keys.rotate()
    expect(after).not.toBe(before)
    expect(await tokens.verify(jwt)).toEqual(given)
    expect((await keys.jwks()).keys.map(({ kid }) => kid)).toContain(before)
    clock.advance(3_601_000)
    expect((await keys.jwks()).keys.map(({ kid }) => kid)).toEqual([after])
  })
})

describe('advisory 25: an access token that is not ours', () => {
  const claims = () => ({ sid: newId() })
  const seconds = (): number => Math.floor(clock.now() / 1000)

  async function forged(
    change: {
      header?: Record<string, unknown>
      claims?: Record<string, unknown>
      key?: CryptoKey | Uint8Array
    } = {},
  ): Promise<string> {
    const { kid, key } = await keys.signer()
    const payload = {
      ...{ ...claims(), iss: 'https://a.example', aud: 'allswell', sub: newId() },
      ...{ iat: seconds(), exp: seconds() + 300, ...change.claims },
    }
    const header = { alg: 'EdDSA', typ: 'at+jwt', kid, ...change.header }
    for (const part of [payload, header] as Record<string, unknown>[])
      for (const name of Object.keys(part)) if (part[name] === undefined) delete part[name]
    return new SignJWT(payload).setProtectedHeader(header).sign(change.key ?? key)
  }

  const publicBytes = async (): Promise<Uint8Array> => {
    const { keys: published } = await keys.jwks()
    return Buffer.from(JSON.stringify(published[0]))
  }
  const foreignKey = async (): Promise<CryptoKey> =>
    (await generateKeyPair('EdDSA', { crv: 'Ed25519' })).privateKey

  const variants: [string, () => Promise<string>][] = [
    [
      'without a signature',
      async () => new UnsecuredJWT({ ...claims() }).setAudience('allswell').encode(),
    ],
    [
      'signed by HS256 with the public key',
      async () => forged({ header: { alg: 'HS256' }, key: await publicBytes() }),
    ],
    ['of another issuer', () => forged({ claims: { iss: 'https://b.example' } })],
    ['for another audience', () => forged({ claims: { aud: 'other' } })],
    ['of another type', () => forged({ header: { typ: 'JWT' } })],
    ['that has expired', () => forged({ claims: { exp: seconds() - 6 } })],
    ['of the future', () => forged({ claims: { nbf: seconds() + 60 } })],
    ['of another key with our name', async () => forged({ key: await foreignKey() })],
    [
      'with a key of its own',
      async () => {
        const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519' })
        return forged({ header: { jwk: await exportJWK(publicKey) }, key: privateKey })
      },
    ],
    ['without the name of a key', () => forged({ header: { kid: undefined } })],
    ['with a path for a key', () => forged({ header: { kid: '../../../dev/null' } })],
    ['with SQL for a key', () => forged({ header: { kid: "' or '1'='1" } })],
    [
      'that was changed',
      async () => {
        const [head, , sign] = (await forged()).split('.')
        const body = Buffer.from(JSON.stringify({ ...claims(), exp: seconds() + 1e6 }))
        return `${head}.${body.toString('base64url')}.${sign}`
      },
    ],
    ['that was cut', async () => (await forged()).slice(0, -4)],
    ['that is huge', async () => forged({ claims: { x: 'x'.repeat(5_000) } })],
    ['of no session', () => forged({ claims: { sid: undefined } })],
    ['of a session that is no id', () => forged({ claims: { sid: "x'; drop table session" } })],
    ['of a session and a token at once', () => forged({ claims: { tid: newId() } })],
    ['that never ends', () => forged({ claims: { exp: undefined } })],
    ['that is empty', () => Promise.resolve('..')],
  ]

  it.each(variants)('is refused: %s', async (_name, make) => {
    await expect(tokens.verify(await make())).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('the negative control: made in the same way, and right, it is taken', async () => {
    await expect(tokens.verify(await forged())).resolves.toMatchObject({ kind: 'user' })
  })
})

describe('a refresh token', () => {
  let told: AuthChange[]

  async function opened(): Promise<{ refresh: RefreshTokens; token: string; sessionId: string }> {
    told = []
    const { userId } = await newPerson(database)
    const revocations = new Revocations({ database, clock, log: silentLog })
    const sessions = new SessionService({ database, clock, revocations })
    const door = { ipAddress: '192.0.2.7', userAgent: 'test' }
    const { sessionId } = await sessions.open(userId, 'program', door)
    const refresh = new RefreshTokens({
      ...{ database, clock },
      revocations: { committed: (changes) => void told.push(...changes) },
    })
    return { refresh, sessionId, token: await refresh.issue(sessionId) }
  }

  const isAlive = async (sessionId: string): Promise<boolean> =>
    ((await database.worker.query('select from session where id = $1', [sessionId])) as []).length >
    0

  it('serves once and is followed by the next', async () => {
    const { refresh, token, sessionId } = await opened()
    const second = await refresh.renew(token)
    const third = await refresh.renew(second.refreshToken)
    expect(third.sessionId).toBe(sessionId)
    expect(new Set([token, second.refreshToken, third.refreshToken]).size).toBe(3)
    expect(told).toEqual([])
  })

  it('that comes a second time ends the session, for who has the newest too, and says so', async () => {
    const { refresh, token, sessionId } = await opened()
    const { refreshToken, userId } = await refresh.renew(token)
    await expect(refresh.renew(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    expect(await isAlive(sessionId)).toBe(false)
    expect(told).toEqual([{ userId, credentialId: sessionId }])
    await expect(refresh.renew(refreshToken)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('of several uses at once exactly one wins, and the family ends', async () => {
    const { refresh, token, sessionId } = await opened()
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => refresh.renew(token)))
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    expect(await isAlive(sessionId)).toBe(false)
  })

  it('ends with its session: expired, unused for a week, or its person suspended', async () => {
    for (const sql of [
      "update session set expires_at = '2020-01-01' where id = $1",
      "update session set last_seen_at = '2020-01-01' where id = $1",
      'update app_user set suspended_at = now() where id = (select user_id from session where id = $1)',
      'delete from session where id = $1',
    ]) {
      const { refresh, token, sessionId } = await opened()
      await database.worker.query(sql, [sessionId])
      await expect(refresh.renew(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    }
  })

  it.each(['', 'x', 'x'.repeat(43), '\0'.repeat(43), 'é'.repeat(43), 'x'.repeat(100_000)])(
    'is not %j',
    async (token) => {
      const { refresh } = await opened()
      await expect(refresh.renew(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
    },
  )

  it('is stored as its hash only', async () => {
    const { token, sessionId } = await opened()
    const rows = (await database.worker.query(
      'select encode(hash, $2) as hash from refresh_token where session_id = $1',
      [sessionId, 'base64'],
    )) as { hash: string }[]
    expect(rows).toHaveLength(1)
    expect(rows[0]!.hash).not.toContain(token.slice(0, 10))
  })
})
