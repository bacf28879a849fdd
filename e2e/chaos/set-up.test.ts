import { afterAll, beforeAll, expect, it } from 'vitest'
import { OWNER, setUp, signIn } from '../harness/accounts.ts'
import { graphql } from '../harness/graphql.ts'
import { type OwnPostgres, startPostgres } from '../harness/own-postgres.ts'
import { PostgresProxy } from '../harness/postgres-proxy.ts'
import { ServerProcess } from '../harness/server-process.ts'

const AT_ONCE = 50

let postgres: OwnPostgres
let proxy: PostgresProxy
let servers: ServerProcess[]

beforeAll(async () => {
  postgres = await startPostgres()
  proxy = await PostgresProxy.start(postgres)
  const env = { DATABASE_URL: postgres.url(proxy.port) }
  servers = []
  for (let i = 0; i < 2; i++) servers.push(await ServerProcess.start({ env, isBare: true }))
})
afterAll(async () => {
  for (const server of servers) await server.stop()
  await proxy.stop()
  await postgres.stop()
})

it(`${AT_ONCE} set-ups at once, on two servers of one database, give one owner; the others, and all later ones, hear that there is no such thing`, async () => {
  const [one, two] = servers as [ServerProcess, ServerProcess]
  const people = Array.from({ length: AT_ONCE }, (_, n) => ({
    ...OWNER,
    name: `Founder ${n}`,
    email: `founder${n}@example.com`,
  }))
  const sessions = await Promise.all(
    people.map((person, n) => setUp((n % 2 ? one : two).url, person)),
  )
  const winners = people.filter((_, n) => sessions[n] !== undefined)
  expect(winners).toHaveLength(1)
  for (const server of servers) expect(await setUp(server.url)).toBeUndefined()

  const session = await signIn(two.url, winners[0]!)
  const { viewer, signInOptions } = await graphql<{
    viewer: { name: string; role: string }
    signInOptions: { needsSetUp: boolean }
  }>(two.url, '{ viewer { name role } signInOptions { needsSetUp } }', {}, session)
  expect(viewer).toEqual({ name: winners[0]!.name, role: 'OWNER' })
  expect(signInOptions.needsSetUp).toBe(false)
  const losers = people.filter((person) => person !== winners[0]).slice(0, 3)
  for (const loser of losers)
    await expect(signIn(one.url, loser)).rejects.toThrow(/password|e-?mail/i)
})
