import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { newMember, newToken, openTestAccounts, TestDoor } from '../../test/accounts.ts'
import { testDatabase } from '../../test/database.ts'
import { HttpDoors } from '../../test/http-doors.ts'
import type { Accounts } from '../accounts/index.ts'
import { hashPassword } from '../accounts/users/password.ts'
import type { Database } from '../db/index.ts'
import { silentLog } from '../lib/log.ts'

const PASSWORD = 'correct horse battery'
let database: Database
let workspaceId: string
let accounts: Accounts
let doors: HttpDoors
/** Each request from a neighbourhood of its own: guessing is slowed down elsewhere. */
let caller = 0

beforeAll(async () => {
  ;({ database, workspaceId } = await testDatabase())
  accounts = await openTestAccounts(database)
  doors = await HttpDoors.open({
    authenticate: (presented) => accounts.authenticator.authenticate(presented),
    tokens: {
      ...{ grants: accounts.grants, keys: accounts.signingKeys, log: silentLog },
      doorOf: () => new TestDoor(`10.${caller >> 8}.${caller++ & 255}.1`),
    },
    perMinute: { auth: 10_000 },
  })
})

afterAll(async () => {
  await doors.close()
  await accounts.revocations.stop()
})

interface Answer {
  status: number
  headers: Headers
  body: Record<string, unknown>
}

async function post(path: string, fields: unknown, type = 'application/json'): Promise<Answer> {
  const isForm = type !== 'application/json'
  const body = isForm
    ? new URLSearchParams(fields as Record<string, string>).toString()
    : JSON.stringify(fields)
  const headers = { 'content-type': type }
  const response = await fetch(`${doors.url}${path}`, { method: 'POST', headers, body })
  const { status } = response
  return { status, headers: response.headers, body: (await response.json()) as Answer['body'] }
}

const token = (fields: unknown, type?: string): Promise<Answer> => post('/auth/token', fields, type)

async function person(): Promise<{ username: string; password: string; userId: string }> {
  const { email, userId } = await newMember(database, workspaceId, 'editor')
  const hash = await hashPassword(PASSWORD)
  await database.worker.query('update app_user set password_hash = $2 where id = $1', [
    userId,
    hash,
  ])
  return { username: email, password: PASSWORD, userId }
}

const statusWith = async (bearer: unknown): Promise<number> =>
  (await doors.ask('{ __typename }', {}, { authorization: `Bearer ${bearer as string}` })).status

describe('POST /auth/token', () => {
  it.each(['application/json', 'application/x-www-form-urlencoded'])(
    'gives tokens for a name and a password, as %s; advisories 4 and 5: they end with the session',
    async (type) => {
      const { userId, ...given } = await person()
      const { status, body, headers } = await token({ grant_type: 'password', ...given }, type)
      expect(status).toBe(200)
      expect(body).toEqual({
        ...{ token_type: 'Bearer', expires_in: 300 },
        ...{ access_token: expect.any(String), refresh_token: expect.any(String) },
      })
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('set-cookie')).toBeNull()
      expect(await statusWith(body['access_token'])).toBe(200)
      await accounts.sessions.revokeAll(userId)
      expect(await statusWith(body['access_token'])).toBe(401)
      const again = await token({
        grant_type: 'refresh_token',
        refresh_token: body['refresh_token'],
      })
      expect([again.status, again.body['error']]).toEqual([400, 'invalid_grant'])
    },
  )

  it('refuses in the same words who is unknown and whose password is wrong', async () => {
    const { username } = await person()
    const wrong = { grant_type: 'password', password: 'not the right one' }
    const known = await token({ ...wrong, username })
    const unknown = await token({ ...wrong, username: 'nobody@example.com' })
    expect(known.status).toBe(400)
    expect(known.body['error']).toBe('invalid_grant')
    expect(unknown).toMatchObject({ status: known.status, body: known.body })
  })

  it('renews, and ends everything when a used token comes again', async () => {
    const { userId: _, ...given } = await person()
    const first = (await token({ grant_type: 'password', ...given })).body
    const renew = { grant_type: 'refresh_token', refresh_token: first['refresh_token'] }
    const second = (await token(renew)).body
    expect(await statusWith(second['access_token'])).toBe(200)
    expect((await token(renew)).body['error']).toBe('invalid_grant')
    expect(await statusWith(second['access_token'])).toBe(401)
  })

  it('gives an access token for an API token, which ends with it, and no other for that one', async () => {
    const { id, secret } = await newToken(database, workspaceId)
    const { body } = await token({ grant_type: 'api_token', token: secret })
    expect(body['refresh_token']).toBeUndefined()
    expect(await statusWith(body['access_token'])).toBe(200)
    const again = await token({ grant_type: 'api_token', token: body['access_token'] })
    expect([again.status, again.body['error']]).toEqual([400, 'invalid_grant'])
    await database.worker.query('delete from api_token where id = $1', [id])
    accounts.revocations.committed([{ credentialId: id }])
    expect(await statusWith(body['access_token'])).toBe(401)
  })

  it.each([
    [{}, 'invalid_request'],
    [[], 'invalid_request'],
    [null, 'invalid_request'],
    ['x', 'invalid_request'],
    [{ grant_type: 'client_credentials' }, 'unsupported_grant_type'],
    [{ grant_type: ['password'] }, 'invalid_request'],
    [{ grant_type: 'password', username: 'a@example.com' }, 'invalid_request'],
    [{ grant_type: 'password', username: { a: 1 }, password: 'x' }, 'invalid_request'],
    [{ grant_type: 'password', username: 'a\0@example.com', password: 'x' }, 'invalid_request'],
    [{ grant_type: 'password', username: 'a@example.com', password: '\0' }, 'invalid_request'],
    [{ grant_type: 'password', username: 'a\r\n@example.com', password: 'x' }, 'invalid_request'],
    [{ grant_type: 'password', username: '💩'.repeat(1000), password: 'x' }, 'invalid_grant'],
    [{ grant_type: 'refresh_token', refresh_token: 'x' }, 'invalid_grant'],
    [{ grant_type: 'refresh_token', refresh_token: 'x'.repeat(10_000) }, 'invalid_grant'],
    [{ grant_type: 'api_token', token: 'aw_x' }, 'invalid_grant'],
    [{ grant_type: 'api_token', token: '../..' }, 'invalid_grant'],
    [{ grant_type: 'constructor', token: 'x' }, 'unsupported_grant_type'],
  ])('refuses %j', async (fields, error) => {
    const { status, body } = await token(fields)
    expect([status, body]).toEqual([400, { error, error_description: expect.any(String) }])
  })

  it('refuses a field that comes twice in a form, what is too large, and what is no JSON', async () => {
    const send = async (body: string, type: string): Promise<[number, unknown]> => {
      const headers = { 'content-type': type }
      const response = await fetch(`${doors.url}/auth/token`, { method: 'POST', headers, body })
      return [response.status, ((await response.json()) as Answer['body'])['error']]
    }
    const form = 'application/x-www-form-urlencoded'
    expect(await send('grant_type=password&grant_type=password', form)).toEqual([
      400,
      'invalid_request',
    ])
    expect(await send(`a=${'x'.repeat(20_000)}`, form)).toEqual([413, 'invalid_request'])
    expect(await send('{', 'application/json')).toEqual([400, 'invalid_request'])
    expect(await send('', form)).toEqual([400, 'invalid_request'])
  })

  it('forms are understood nowhere else', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const sent = { method: 'POST', headers, body: 'query=%7B__typename%7D' }
    expect((await fetch(`${doors.url}/graphql`, sent)).status).toBe(415)
  })
})

describe('POST /auth/revoke', () => {
  it.each(['access_token', 'refresh_token'])('ends the session behind an %s', async (name) => {
    const { userId: _, ...given } = await person()
    const { body } = await token({ grant_type: 'password', ...given })
    expect((await post('/auth/revoke', { token: body[name] })).status).toBe(200)
    expect(await statusWith(body['access_token'])).toBe(401)
  })

  it('takes an unknown token for revoked, and sends API tokens elsewhere', async () => {
    expect((await post('/auth/revoke', { token: 'x' })).status).toBe(200)
    expect((await post('/auth/revoke', { token: 'a.b.c' })).status).toBe(200)
    expect((await post('/auth/revoke', {})).status).toBe(400)
    expect((await post('/auth/revoke', { token: `aw_${'0'.repeat(46)}` })).status).toBe(400)
  })
})

it('the public keys may be kept for five minutes, and hold nothing private', async () => {
  const response = await fetch(`${doors.url}/.well-known/jwks.json`)
  expect(response.headers.get('cache-control')).toBe('public, max-age=300')
  const { keys } = (await response.json()) as { keys: Record<string, unknown>[] }
  expect(keys.length).toBeGreaterThan(0)
  for (const key of keys) expect(key['d']).toBeUndefined()
})
