import { fastify } from 'fastify'
import { expect, it } from 'vitest'
import { newMember } from '../../test/accounts.ts'
import { testDatabase } from '../../test/database.ts'
import { AuditExport } from '../accounts/index.ts'
import type { Actor } from '../lib/actor.ts'
import { addAuditRoutes } from './audit-routes.ts'

const PAGES = 4

it('ends a file that is under way with the rights of who asked for it', async () => {
  const { database, workspaceId } = await testDatabase()
  const { actor } = await newMember(database, workspaceId, 'admin')
  await database.worker.query(
    `insert into audit_entry (workspace_id, id, at, action, actor_kind, actor_name, target_type)
     select $1, gen_random_uuid(), now(), 'test.entry', 'system', 'Allswell', 'test'
       from generate_series(1, 500 * ${PAGES})`,
    [workspaceId],
  )
  const entriesWhile = async (looks: number): Promise<number> => {
    let left = looks
    const recheck = (): Promise<Actor | null> => Promise.resolve(left-- > 0 ? actor : null)
    const server = fastify()
    const authenticator = { authenticate: () => Promise.resolve(actor), recheck }
    const audit = new AuditExport({ database })
    addAuditRoutes(server, { audit, authenticator, credentialsOf: () => ({}) })
    const address = await server.listen({ port: 0, host: '127.0.0.1' })
    const answer = await fetch(`${address}/api/audit.json`)
    let text = ''
    try {
      for await (const part of answer.body!) text += new TextDecoder().decode(part as Uint8Array)
    } catch {
      // The connection is cut: nobody takes the file for a whole one.
    }
    await server.close()
    return text.split('test.entry').length - 1
  }
  expect(await entriesWhile(100)).toBe(500 * PAGES)
  expect(await entriesWhile(1)).toBeLessThanOrEqual(500)
})
