import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Browser } from '../../../test/cookie-jar.ts'
import { type App, startApp } from '../../app.ts'
import { readConfig } from '../../config/index.ts'
import { systemClock } from '../../lib/clock.ts'
import { newId } from '../../lib/ids.ts'
import { silentLog } from '../../lib/log.ts'

const SECRET = 'canary-9f3b'
let folder: string
let app: App
let home: string
const owner = new Browser()

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'allswell-audit-'))
  chmodSync(folder, 0o711)
  const environment = { PORT: '0', ALLSWELL_DATA: folder, SERVE_WEB: 'false', LOG_LEVEL: 'silent' }
  const config = readConfig(environment, { workingFolder: folder, webFolder: folder })
  app = await startApp({ config, log: silentLog, clock: systemClock })
  home = `http://localhost:${app.port}`
  await ask(
    `mutation { setUp(input: { name: "Ada", email: "ada@example.com", password: "${SECRET} horse battery", workspaceName: "Example" }) { viewer { id } } }`,
  )
})
afterAll(async () => {
  await app?.stop()
  rmSync(folder, { recursive: true, force: true })
})

async function ask(query: string, who = owner): Promise<Record<string, never>> {
  const response = await who.ask(`${home}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  })
  const { data, errors } = (await response.json()) as {
    data: Record<string, never>
    errors?: { message: string }[]
  }
  if (errors) throw new Error(errors[0]!.message)
  return data
}

interface Entry {
  id: string
  action: string
  actorName: string
  targetName: string | null
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}

const FIELDS = 'id action actorName targetName before after'
async function log(args = ''): Promise<Entry[]> {
  const { auditLog } = (await ask(`{ auditLog${args} { nodes { ${FIELDS} } } }`)) as unknown as {
    auditLog: { nodes: Entry[] }
  }
  return auditLog.nodes
}

describe('the audit log', () => {
  it('tells everything that was done, and no secret', async () => {
    const url = `https://shop.example/?token=${SECRET}&page=1`
    const made = await ask(
      `mutation { createMonitor(input: { name: "Shop", isPaused: true, settings: { http: { url: "${url}", authentication: BEARER, bearerToken: "${SECRET}" } } }) { monitor { id } userErrors { message } } }`,
    )
    const { id } = (made as unknown as { createMonitor: { monitor: { id: string } } }).createMonitor
      .monitor
    await ask(
      `mutation { updateMonitor(input: { id: "${id}", name: "The shop", settings: { http: { url: "https://shop.example", authentication: BEARER, bearerToken: "${SECRET}-2" } } }) { monitor { id } userErrors { message } } }`,
    )
    await ask(`mutation { resumeMonitors(input: { ids: ["${id}"] }) { userErrors { message } } }`)
    await ask(`mutation { pauseMonitors(input: { ids: ["${id}"] }) { userErrors { message } } }`)
    await ask(`mutation { deleteMonitors(input: { ids: ["${id}"] }) { userErrors { message } } }`)
    await ask(`mutation { restoreMonitors(input: { ids: ["${id}"] }) { userErrors { message } } }`)
    const token = (await ask(
      'mutation { createApiToken(input: { name: "Deploy", scopes: ["monitors:read"] }) { apiToken { id } token userErrors { message } } }',
    )) as unknown as { createApiToken: { apiToken: { id: string }; token: string } }
    await ask(
      `mutation { revokeApiToken(input: { id: "${token.createApiToken.apiToken.id}" }) { apiTokenId } }`,
    )
    await ask(
      'mutation { updateWorkspace(input: { name: "Acme", slug: "acme" }) { userErrors { message } } }',
    )
    const invited = (await ask(
      'mutation { inviteMember(input: { role: VIEWER, email: "grace@example.com" }) { invitation { id } url userErrors { message } } }',
    )) as unknown as { inviteMember: { invitation: { id: string }; url: string } }
    await ask(
      `mutation { revokeInvitation(input: { id: "${invited.inviteMember.invitation.id}" }) { invitationId } }`,
    )

    const entries = await log()
    expect(entries.map(({ action }) => action).reverse()).toEqual([
      ...[
        'workspace.create',
        'monitor.create',
        'monitor.update',
        'monitor.resume',
        'monitor.pause',
      ],
      ...['monitor.delete', 'monitor.restore', 'token.create', 'token.revoke', 'workspace.update'],
      ...['member.invite', 'invitation.revoke'],
    ])
    const update = entries.find(({ action }) => action === 'monitor.update')!
    expect(update.before).toEqual({
      ...{ name: 'Shop', bearerToken: '•••', target: expect.stringContaining('•••') as string },
      url: 'https://shop.example/?token=•••&page=1',
    })
    expect(update.after).toEqual({
      ...{ name: 'The shop', bearerToken: '••• (another one)' },
      ...{ url: 'https://shop.example', target: 'https://shop.example' },
    })
    const everything = JSON.stringify(await app.database.worker.query('select * from audit_entry'))
    expect(everything).not.toContain(SECRET)
    expect(everything).not.toContain(token.createApiToken.token)
    expect(everything).not.toContain(invited.inviteMember.url.split('/').at(-1))
    expect(everything).toContain('https://shop.example/?token=•••&page=1')
  })

  it('is filtered by action, object, actor and words', async () => {
    expect((await log('(filter: { actions: ["token."] })')).map(({ action }) => action)).toEqual([
      ...['token.revoke', 'token.create'],
    ])
    expect(await log('(filter: { search: "%" })')).toEqual([])
    expect((await log('(filter: { search: "shop" })')).length).toBeGreaterThan(3)
    expect(await log(`(filter: { actorIds: ["${newId()}", "no id"] })`)).toEqual([])
    expect(await log('(filter: { to: "2020-01-01T00:00:00Z" })')).toEqual([])
  })

  it('is told page by page without gap or double, also while it grows', async () => {
    const all = (await log('(first: 500)')).map(({ id }) => id)
    const seen: string[] = []
    let after: string | null = null
    for (let page = 0; page < 20; page++) {
      const place: string = after ? `, after: "${after}"` : ''
      const { auditLog } = (await ask(
        `{ auditLog(first: 3${place}) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
      )) as unknown as {
        auditLog: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }
      }
      seen.push(...auditLog.nodes.map(({ id }) => id))
      await ask(
        `mutation { updateWorkspace(input: { name: "Acme ${page}" }) { userErrors { message } } }`,
      )
      if (!auditLog.pageInfo.hasNextPage) break
      after = auditLog.pageInfo.endCursor
    }
    expect(seen).toEqual(all)
  })

  it('only grows: a request can neither change nor delete an entry', async () => {
    const { workspaceId } = app.actor
    for (const sql of [
      'update audit_entry set actor_name = $1',
      'delete from audit_entry where action = $1',
    ])
      await expect(
        app.database.write(workspaceId, (manager) => manager.query(sql, ['x'])),
      ).rejects.toThrow('permission denied')
  })
})

describe('the audit log as a file', () => {
  const file = (query: string, who = owner): Promise<Response> =>
    who.ask(`${home}/api/audit.${query}`)

  it('is JSON with every entry, however many there are', async () => {
    const { workspaceId } = app.actor
    await app.database.worker.query(
      `insert into audit_entry (workspace_id, id, at, action, actor_kind, actor_name, target_type, target_name)
       select $1, ('00000000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, now(), 'monitor.update', 'system', 'Old', 'monitor', '=1+1'
         from generate_series(1, 1200) n`,
      [workspaceId],
    )
    const response = await file('json')
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="allswell-audit-\d{4}-\d\d-\d\d\.json"$/,
    )
    expect(response.headers.get('cache-control')).toBe('no-store')
    const entries = (await response.json()) as { id: string }[]
    const [{ count }] = (await app.database.worker.query(
      'select count(*)::int as count from audit_entry',
    )) as [{ count: number }]
    expect(entries.length).toBe(count)
    expect(new Set(entries.map(({ id }) => id)).size).toBe(count)
  })

  it('is CSV that no spreadsheet computes', async () => {
    const text = await (await file('csv?action=monitor.update&search=%3D1')).text()
    const lines = text.split('\r\n')
    expect(lines[0]).toBe(
      'at,action,actorKind,actorId,actorName,targetType,targetId,targetName,ipAddress,before,after',
    )
    expect(lines).toHaveLength(1202)
    expect(lines.slice(1, -1).every((line) => line.includes(",'=1+1,"))).toBe(true)
  })

  it('is narrowed as the page is, and empty where nothing fits', async () => {
    expect(await (await file('json?action=token.')).json()).toHaveLength(2)
    expect(await (await file('json?from=2030-01-01')).json()).toEqual([])
  })

  it('acts in the workspace that the address names, and in no foreign one', async () => {
    const { workspace } = (await ask('{ workspace { slug } }')) as unknown as {
      workspace: { slug: string }
    }
    expect((await file(`json?workspace=${workspace.slug}`)).status).toBe(200)
    expect((await file('json?workspace=nobodys')).status).toBe(404)
  })

  it.each([
    'color=red',
    'from=yesterday',
    'to=2020-13-45',
    'from=2026-02-31',
    'to=2026-01-31 12:00 (x)',
    'actor=nonsense',
    'target=a&target=b',
    'search=%00',
    'action=%00',
    `search=${'x'.repeat(300)}`,
    'from[]=x',
  ])('refuses %s and says what is wrong', async (query) => {
    const response = await file(`csv?${query}`)
    expect(response.status).toBe(400)
    expect(((await response.json()) as { message: string }).message).toMatch(/parameter|filter/)
  })

  it('is for admins: visitors and viewers get nothing', async () => {
    expect((await file('csv', new Browser())).status).toBe(401)
    const { url } = (
      (await ask('mutation { inviteMember(input: { role: VIEWER }) { url } }')) as unknown as {
        inviteMember: { url: string }
      }
    ).inviteMember
    const viewer = new Browser()
    await ask(
      `mutation { acceptInvitation(input: { token: "${url.split('/').at(-1)}", name: "Vi", email: "vi@example.com", password: "correct horse battery" }) { viewer { id } } }`,
      viewer,
    )
    expect((await file('csv', viewer)).status).toBe(403)
  })
})
