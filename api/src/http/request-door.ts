import type { FastifyReply, FastifyRequest } from 'fastify'
import type { IncomingMessage } from 'node:http'
import type { Presented, RequestDoor } from '../accounts/index.ts'
import type { Front } from './front.ts'
import { noSessionCookies, sessionCookie, sessionIn } from './session-cookie.ts'

const LONGEST_USER_AGENT = 300
const LONGEST_WORKSPACE = 100
/** Stands for what was shown as a token and can be none: it is refused like a wrong one. */
const UNREADABLE = ''

type Shown = Pick<IncomingMessage, 'headers' | 'rawHeaders' | 'socket' | 'url'>

/** What a request shows to say who it is. For an upgrade also what `connection_init` brought. */
export type CredentialsOf = (
  request: FastifyRequest | Shown,
  payload?: Readonly<Record<string, unknown>>,
) => Presented

export type DoorOf = (request: FastifyRequest, reply: FastifyReply) => RequestDoor

/** How doors learn who stands before them. */
export function requestDoors(front: Front): { doorOf: DoorOf; credentialsOf: CredentialsOf } {
  return {
    doorOf: (request, reply) => doorOf(front, request.raw, reply),
    credentialsOf: (request, payload = {}) =>
      credentialsOf(front, 'raw' in request ? request.raw : request, payload),
  }
}

function doorOf(front: Front, request: IncomingMessage, reply: FastifyReply): RequestDoor {
  return {
    ipAddress: front.addressOf(request),
    userAgent: (request.headers['user-agent'] ?? '')
      .replaceAll(/\p{Cc}/gu, '')
      .slice(0, LONGEST_USER_AGENT),
    publicUrl: front.publicUrlOf(request),
    webUrl: front.webUrlOf(request),
    setSession: (secret, expiresAt) =>
      void reply.header(
        'set-cookie',
        sessionCookie(secret, expiresAt, front.isHttps(request), front.prefix),
      ),
    clearSession: () => void reply.header('set-cookie', noSessionCookies(front.prefix)),
  }
}

function credentialsOf(
  front: Front,
  request: Shown,
  payload: Readonly<Record<string, unknown>>,
): Presented {
  const bearer = bearerOf(payload['authorization']) ?? bearerIn(request)
  const workspace = payload['workspace'] ?? workspaceIn(request)
  return {
    ...(bearer === undefined ? {} : { bearer }),
    cookie: sessionIn(request.headers.cookie, front.isHttps(request), front.prefix),
    workspace: typeof workspace === 'string' ? workspace.slice(0, LONGEST_WORKSPACE) : undefined,
    ipAddress: front.addressOf(request),
  }
}

/** Two tokens are none: no telling which of them a proxy before us has judged. */
function bearerIn({ headers, rawHeaders }: Shown): string | undefined {
  const names = rawHeaders.filter((_, index) => index % 2 === 0)
  const times = names.filter((name) => name.toLowerCase() === 'authorization').length
  return times > 1 ? UNREADABLE : bearerOf(headers.authorization)
}

function bearerOf(authorization: unknown): string | undefined {
  if (authorization === undefined) return undefined
  if (typeof authorization !== 'string') return UNREADABLE
  return /^bearer +([\w.~+/=-]+) *$/i.exec(authorization)?.[1] ?? UNREADABLE
}

/** An EventSource can set no headers: for it the address says the workspace. */
function workspaceIn({ headers, url }: Shown): unknown {
  const [path, query] = (url ?? '').split('?', 2)
  const asked = path === '/graphql/stream' ? new URLSearchParams(query).get('workspace') : null
  return asked ?? headers['allswell-workspace']
}
