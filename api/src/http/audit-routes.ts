import { Readable } from 'node:stream'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { AuditExport, AuditSelection, Authenticator } from '../accounts/index.ts'
import type { Actor } from '../lib/actor.ts'
import { AppError } from '../lib/app-error.ts'
import { isId } from '../lib/ids.ts'
import { includesRole } from '../lib/permissions.ts'
import type { CredentialsOf } from './request-door.ts'

export interface AuditRoutes {
  audit: AuditExport
  authenticator: Pick<Authenticator, 'authenticate' | 'recheck'>
  credentialsOf: CredentialsOf
}

const DAY = /^\d{4}-\d\d-\d\d$/
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/

type Given = Readonly<Record<string, string | string[] | undefined>>

const KNOWN = new Set(['actor', 'action', 'target', 'from', 'to', 'search', 'workspace'])
const KINDS = {
  csv: 'text/csv; charset=utf-8; header=present',
  json: 'application/json; charset=utf-8',
} as const

/** The audit log as a file: a link that a browser follows with its cookie, or a program with its token. */
export function addAuditRoutes(server: FastifyInstance, routes: AuditRoutes): void {
  for (const kind of ['csv', 'json'] as const)
    server.get(`/api/audit.${kind}`, (request, reply) => send(routes, kind, request, reply))
}

async function send(
  { audit, authenticator, credentialsOf }: AuditRoutes,
  kind: keyof typeof KINDS,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const given = request.query as Given
  const presented = credentialsOf(request)
  // A link can set no headers: for it the address says the workspace.
  const workspace = one(given, 'workspace') ?? presented.workspace
  const actor = await authenticator.authenticate({ ...presented, workspace })
  const text = audit[kind](actor, selectionOf(given))
  const day = new Date().toISOString().slice(0, 10)
  return reply
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="allswell-audit-${day}.${kind}"`)
    .type(KINDS[kind])
    .send(Readable.from(whileAllowed(text, () => authenticator.recheck(actor))))
}

/** A slow reader keeps a file open for long: it ends with the rights of who asked for it. */
async function* whileAllowed(
  text: AsyncIterable<string>,
  recheck: () => Promise<Actor | null>,
): AsyncGenerator<string> {
  for await (const part of text) {
    if (!includesRole((await recheck())?.role ?? null, 'admin'))
      throw new AppError('FORBIDDEN', 'Your rights have changed meanwhile.')
    yield part
  }
}

/** Throws INVALID with the parameter that is wrong. */
function selectionOf(given: Given): AuditSelection {
  for (const name of Object.keys(given))
    if (!KNOWN.has(name)) throw wrong(name, `There are ${[...KNOWN].join(', ')}.`)
  return {
    ...listed('actorIds', ids(given, 'actor')),
    ...listed('actions', given['action']),
    targetId: one(given, 'target'),
    from: time(given, 'from'),
    to: time(given, 'to'),
    search: one(given, 'search'),
  }
}

function ids(given: Given, name: string): string[] | undefined {
  const values = given[name] === undefined ? undefined : [given[name]].flat()
  if (values?.some((id) => !isId(id))) throw wrong(name, 'Give ids of people or tokens.')
  return values
}

function listed(
  name: 'actorIds' | 'actions',
  value: string | string[] | undefined,
): AuditSelection {
  return value === undefined ? {} : { [name]: [value].flat() }
}

function one(given: Given, name: string): string | undefined {
  const value = given[name]
  if (Array.isArray(value)) throw wrong(name, 'Give it once.')
  return value || undefined
}

function time(given: Given, name: string): Date | undefined {
  const text = one(given, name)
  if (text === undefined) return undefined
  const date = new Date(text)
  const isDay = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text.slice(0, 10))
  // A time says its zone: with another one the day may differ.
  if (DAY.test(text) && isDay) return date
  if (TIME.test(text) && !Number.isNaN(date.getTime())) return date
  throw wrong(name, 'Give a time such as 2026-01-31T12:00:00Z.')
}

function wrong(name: string, what: string): AppError {
  return new AppError('INVALID', `The parameter ${name.slice(0, 40)} can’t be used. ${what}`)
}
