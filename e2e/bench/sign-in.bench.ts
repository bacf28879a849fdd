import pg from 'pg'
import { hashPassword } from '../../api/src/accounts/users/password.ts'
import { EmbeddedServer } from '../../api/src/db/embedded/embedded-server.ts'
import { silentLog } from '../../api/src/lib/log.ts'
import { graphql, type GraphqlAnswer } from '../harness/graphql.ts'
import type { ServerProcess } from '../harness/server-process.ts'
import { addMonitors, pause } from './checks.bench.ts'
import { startChild } from './children.ts'
import { percentile, report } from './figures.ts'
import { mannWhitney } from './mann-whitney.ts'

const PASSWORD = 'purple window tractor'
const PAIRS = 400
const AT_ONCE = 200
const MONITORS = 50
/** Beyond this many standard deviations equal samples lie once in a thousand runs. */
const UNLIKELY = 3.29
const SIGN_IN = `mutation ($input: SignInInput!) { signIn(input: $input) { viewer { id } userErrors { path code message } } }`
const DASHBOARD =
  '{ monitors(first: 50) { totalCount nodes { id name status recentHeartbeats(limit: 20) { at status } } } }'

interface SignedIn {
  signIn: {
    viewer: { id: string } | null
    userErrors: { path: string[]; code: string; message: string }[]
  }
}

const emailOf = (n: number) => `person${n}@example.com`

/** Each from an address of its own, so that no throttle has a say. */
const addressOf = (n: number) => `10.${(n >> 8) & 255}.${n & 255}.7`

/** People by SQL, all with the same password: to hash hundreds takes minutes. */
async function addPeople(server: ServerProcess, count: number): Promise<void> {
  const database = await EmbeddedServer.attach({ dataFolder: server.dataFolder, log: silentLog })
  if (!database) throw new Error('No server owns this folder')
  const client = new pg.Client(database.connectionOf('allswell', 'allswell'))
  await client.connect()
  await client.query(
    `with made as (
       insert into allswell.app_user (id, email, email_key, name, email_verified_at, password_hash, created_at, updated_at)
       select gen_random_uuid(), 'person' || n || '@example.com', 'person' || n || '@example.com', 'Person ' || n, now(), $1, now(), now()
         from generate_series(1, $2::int) n returning id)
     insert into allswell.membership (workspace_id, user_id, role, created_at)
     select (select id from allswell.workspace order by created_at limit 1), id, 'viewer', now() from made`,
    [await hashPassword(PASSWORD), count],
  )
  await client.end()
}

async function trySignIn(
  url: string,
  input: { email: string; password: string },
  address: string,
): Promise<{ answer: GraphqlAnswer<SignedIn>; tookMs: number }> {
  const began = performance.now()
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ query: SIGN_IN, variables: { input } }),
  })
  const answer = (await response.json()) as GraphqlAnswer<SignedIn>
  return { answer, tookMs: performance.now() - began }
}

/** Wrong passwords for accounts that exist and for some that don't, in turn; which first is drawn. */
async function timeWrongPasswords(url: string): Promise<{ known: number[]; unknown: number[] }> {
  const times = { known: [] as number[], unknown: [] as number[] }
  const told = new Set<string>()
  for (let n = 1; n <= PAIRS; n++) {
    const order =
      Math.random() < 0.5 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)
    for (const who of order) {
      // As long as a known one, since its length travels too.
      const email = who === 'known' ? emailOf(n) : emailOf(n).replace('person', 'nobody')
      const address = addressOf(who === 'known' ? n : n + 10_000)
      const { answer, tookMs } = await trySignIn(url, { email, password: 'not this one' }, address)
      told.add(JSON.stringify(answer.data?.signIn ?? answer.errors))
      times[who].push(tookMs)
    }
  }
  report({
    what: 'Different answers to known and unknown',
    value: told.size,
    unit: '',
    bar: { most: 1 },
  })
  if (told.size > 1) console.log([...told].slice(0, 4).join('\n'))
  return times
}

function reportTiming({ known, unknown }: { known: number[]; unknown: number[] }): void {
  const { z, superiority } = mannWhitney(known, unknown)
  const median = percentile(known, 0.5)
  report({ what: 'Wrong password, known account, p50', value: median, unit: 'ms' })
  report({
    what: 'Wrong password, unknown account, p50',
    value: percentile(unknown, 0.5),
    unit: 'ms',
  })
  report({
    what: `Known and unknown told apart by time (Mann-Whitney |z| of ${PAIRS} pairs)`,
    value: Math.abs(z),
    unit: 'deviations',
    bar: { most: UNLIKELY },
    note: `an unknown one is slower in ${(superiority * 100).toFixed(1)} % of comparisons`,
  })
  // The test must be able to see something: a twentieth more time is found out.
  const shifted = mannWhitney(
    known,
    unknown.map((ms) => ms + median / 20),
  )
  report({
    what: 'The same, were unknown accounts 5 % slower (negative control)',
    value: Math.abs(shifted.z),
    unit: 'deviations',
    bar: { least: UNLIKELY },
  })
}

/** Signs in for sure: who is told to wait, waits. Answers how often that was. */
async function signInAtLast(url: string, n: number): Promise<number> {
  for (let waits = 0; ; waits++) {
    const { answer } = await trySignIn(url, { email: emailOf(n), password: PASSWORD }, addressOf(n))
    if (answer.data?.signIn.viewer) return waits
    const [error] = answer.errors ?? []
    if (error?.extensions?.code !== 'LIMIT')
      throw new Error(JSON.stringify(answer.errors ?? answer.data))
    await pause((error.extensions.retryAfterSeconds ?? 1) * 1000 * (0.5 + Math.random()))
  }
}

async function queryDashboard(url: string, isDone: () => boolean): Promise<number[]> {
  const took: number[] = []
  while (!isDone()) {
    const began = performance.now()
    await graphql(url, DASHBOARD)
    took.push(performance.now() - began)
    await pause(10)
  }
  return took
}

async function benchParallel(url: string): Promise<void> {
  let isQuiet = false
  const before = queryDashboard(url, () => isQuiet)
  await pause(3000)
  isQuiet = true
  report({ what: 'Dashboard query alone, p99', value: percentile(await before, 0.99), unit: 'ms' })

  let isDone = false
  const dashboards = [1, 2, 3].map(() => queryDashboard(url, () => isDone))
  const began = performance.now()
  const waits = await Promise.all(
    Array.from({ length: AT_ONCE }, (_, n) => signInAtLast(url, n + 1)),
  )
  const seconds = (performance.now() - began) / 1000
  isDone = true
  const took = (await Promise.all(dashboards)).flat()
  const asked = waits.filter((count) => count > 0).length
  report({
    what: `${AT_ONCE} sign-ins at once are all in after`,
    value: seconds,
    unit: 's',
    note: `${asked} were asked to wait a moment`,
  })
  report({
    what: `Dashboard query beside ${AT_ONCE} sign-ins at once, p99`,
    value: percentile(took, 0.99),
    unit: 'ms',
    bar: { most: 250 },
    note: `${took.length} queries, p50 ${percentile(took, 0.5).toFixed(1)} ms`,
  })
}

/** Whether time tells who has an account, and what many sign-ins do to everybody else. */
export async function benchSignIn(server: ServerProcess): Promise<void> {
  await addPeople(server, Math.max(PAIRS, AT_ONCE))
  const target = await startChild('target-process.ts', [])
  await addMonitors(server, target, MONITORS)
  for (let n = 0; n < 20; n++)
    await trySignIn(server.url, { email: emailOf(n), password: 'warms up' }, addressOf(n + 20_000))
  reportTiming(await timeWrongPasswords(server.url))
  await benchParallel(server.url)
  target.stop()
}
