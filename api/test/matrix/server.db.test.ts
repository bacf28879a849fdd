import 'reflect-metadata'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readContract } from '../../src/graphql/print-contract.ts'
import { AuthorisationTable, differences } from './authorisation-table.ts'
import { CanaryWorld } from './canary-world.ts'
import { runLiveMatrix } from './live-matrix.ts'
import { type MatrixResult, runMatrix } from './server-matrix.ts'

const table = new AuthorisationTable('authorisation.txt', [
  'What the server answers: each field of the contract, asked by everybody, for what is',
  'own (of the workspace they act in; of a person’s own things: theirs), other (of the other workspace, of somebody',
  'else) and unknown (of nobody); other-monitor: of several ids only that one. ok: done or shown. null: nothing. INVALID, CONFLICT …: allowed, but the input was not good.',
  'Written by WRITE_AUTHORISATION=1 npx vitest run --project db test/matrix/server.db.test.ts, in api; read what changed.',
])

let world: CanaryWorld
let result: MatrixResult
let socket: MatrixResult
let stream: MatrixResult

beforeAll(async () => {
  world = await CanaryWorld.open()
  const schema = readContract(world.app.contract)
  result = await runMatrix(world, schema)
  socket = await runLiveMatrix(world, schema, 'WebSocket')
  stream = await runLiveMatrix(world, schema, 'SSE')
}, 300_000)
afterAll(() => world.close())

const all = (): MatrixResult[] => [result, socket, stream]

describe('the server', () => {
  it('answers everybody as the table says', () => {
    expect(table.differences([...result.lines, ...socket.lines])).toEqual([])
    expect(result.cells).toBeGreaterThan(800)
  })

  it('says the same over server-sent events as over WebSocket', () => {
    expect(differences(socket.lines, stream.lines)).toEqual([])
    expect(stream.cells).toBe(socket.cells)
  })

  it('shows nobody a byte of the other workspace', () => {
    expect(all().flatMap(({ leaks }) => leaks)).toEqual([])
  })

  it('shows everybody the canaries of their own: they can be heard (negative control)', () => {
    for (const { heard } of [socket, stream])
      expect([...heard].sort()).toEqual([
        'Subscription.events',
        'Subscription.monitorUpdates',
        'Subscription.statusPage',
      ])
    const asked = [
      'Query.monitor',
      'Query.monitors',
      'Query.heartbeats',
      'Query.passkeys',
      'Query.identities',
      'Query.auditLog',
      'Query.members',
      'Query.apiTokens',
      'Query.viewer',
      'Query.statusPages',
      'Query.statusPage',
      'Query.publicStatusPage',
    ]
    expect([...result.heard]).toEqual(expect.arrayContaining(asked))
  })

  it('answers an unknown id and one of the other workspace alike', () => {
    expect(all().flatMap(({ tells }) => tells)).toEqual([])
  })

  it('answers nothing of all that with a fault of its own', () => {
    const logged = world.faults.map((fault) => JSON.stringify(fault))
    expect([...all().flatMap(({ faults }) => faults), ...logged]).toEqual([])
  })
})
