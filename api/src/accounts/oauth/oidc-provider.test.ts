import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { systemClock } from '../../lib/clock.ts'
import { AddressGuard } from '../../net/index.ts'
import { OidcProvider } from './oidc-provider.ts'
import type { Ceremony, ProvedIdentity } from './provider.ts'

const ceremony: Ceremony = {
  redirectUri: 'http://localhost/auth/oidc/callback',
  ...{ state: 's'.repeat(43), nonce: 'n'.repeat(43), verifier: 'v'.repeat(43) },
}
const callback = new URL(`${ceremony.redirectUri}?code=c&state=${ceremony.state}`)
const SECRET = 'a secret of the issuer and of us'

let server: Server
let issuer: string
let key: CryptoKey
let foreignKey: CryptoKey
let published: JWK
/** What the issuer gives for the code. */
let idToken: string
/** With which status it answers there. */
let status: number

beforeAll(async () => {
  const [own, foreign] = await Promise.all([generateKeyPair('RS256'), generateKeyPair('RS256')])
  ;[key, foreignKey] = [own.privateKey, foreign.privateKey]
  published = { ...(await exportJWK(own.publicKey)), kid: 'k', alg: 'RS256', use: 'sig' }
  server = createServer((request, response) => {
    const isToken = request.url === '/token'
    response.writeHead(isToken ? status : 200, { 'content-type': 'application/json' })
    response.end(JSON.stringify(answerAt(request.url ?? '')))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
})
beforeEach(() => {
  status = 200
})

function answerAt(path: string): unknown {
  if (path === '/jwks') return { keys: [published] }
  if (path === '/token') return { access_token: 'x', token_type: 'Bearer', id_token: idToken }
  return {
    ...{ issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token` },
    ...{ jwks_uri: `${issuer}/jwks`, id_token_signing_alg_values_supported: ['RS256'] },
    ...{ response_types_supported: ['code'], subject_types_supported: ['public'] },
  }
}

function claims(wishes: Record<string, unknown> = {}): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000)
  return {
    ...{ iss: issuer, aud: 'us', sub: 'grace', nonce: ceremony.nonce, iat: now, exp: now + 60 },
    ...{ email: 'grace@example.com', email_verified: true, ...wishes },
  }
}

const signed = (wishes: Record<string, unknown> = {}, by = key): Promise<string> =>
  new SignJWT(claims(wishes)).setProtectedHeader({ alg: 'RS256', kid: 'k' }).sign(by)

const withSignature = async (signature: string): Promise<string> =>
  (await signed()).replace(/[^.]+$/, signature)

const hmac = (secret: string): Promise<string> =>
  new SignJWT(claims())
    .setProtectedHeader({ alg: 'HS256', kid: 'k' })
    .sign(new TextEncoder().encode(secret))

function identify(): Promise<ProvedIdentity> {
  const guard = new AddressGuard({ targets: 'any', ownPorts: () => [] })
  const config = { id: 'oidc', kind: 'oidc', title: 'Issuer', url: issuer } as const
  return new OidcProvider(
    { ...config, clientId: 'us', clientSecret: SECRET },
    { guard, clock: systemClock },
  ).identify(callback, ceremony)
}

describe('an ID token', () => {
  it('that the issuer has made for us proves who somebody is', async () => {
    idToken = await signed()
    expect(await identify()).toMatchObject({ subject: 'grace', isEmailVerified: true })
  })

  it.each<[string, () => string | Promise<string>]>([
    ['signed by somebody else', () => signed({}, foreignKey)],
    ['with a broken signature', () => withSignature('AAAA')],
    ['without a signature', () => withSignature('')],
    ['with alg none', () => new UnsecuredJWT(claims()).encode()],
    ['with our secret as its key', () => hmac(SECRET)],
    ['with the public key as its secret', () => hmac(JSON.stringify(published))],
    ['for another client', () => signed({ aud: 'them' })],
    ['for several others', () => signed({ aud: ['them', 'those'] })],
    ['for us and others without azp', () => signed({ aud: ['us', 'them'] })],
    ['of another issuer', () => signed({ iss: 'https://evil.example' })],
    ['that has expired', () => signed({ exp: 1_700_000_000 })],
    ['with another nonce', () => signed({ nonce: 'x'.repeat(43) })],
    ['without a nonce', () => signed({ nonce: undefined })],
    ['without a subject', () => signed({ sub: undefined })],
  ])('%s proves nothing (Hasura CVE-2019-1020015)', async (_what, make) => {
    idToken = await make()
    await expect(identify()).rejects.toMatchObject({ code: 'provider_refused' })
  })

  it.each([['true'], [1], [null], [undefined]])(
    'vouches for an e-mail by email_verified=%j as its issuer means it',
    async (said) => {
      idToken = await signed({ email_verified: said })
      expect((await identify()).isEmailVerified).toBe(said === 'true')
    },
  )
})

it('says that the issuer is away when it is so between the two halves', async () => {
  status = 503
  idToken = await signed()
  await expect(identify()).rejects.toMatchObject({ code: 'unavailable' })
})
