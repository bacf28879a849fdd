import formbody from '@fastify/formbody'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { SigningKeys, TokenGrants } from '../accounts/index.ts'
import { AppError } from '../lib/app-error.ts'
import { newId } from '../lib/ids.ts'
import type { Log } from '../lib/log.ts'
import type { DoorOf } from './request-door.ts'

export interface TokenRoutes {
  grants: TokenGrants
  keys: Pick<SigningKeys, 'jwks'>
  doorOf: DoorOf
  log: Log
}

const MOST_BYTES = 16 * 1024
const JWKS_SECONDS = 300
const CONTROL = /\p{Cc}/u

type Fields = Readonly<Record<string, string>>

/** POST /auth/token and /auth/revoke in the words of OAuth 2.0, as JSON or as a form; the public keys beside them. */
export async function addTokenRoutes(server: FastifyInstance, routes: TokenRoutes): Promise<void> {
  server.get('/.well-known/jwks.json', async (_request, reply) =>
    reply.header('cache-control', `public, max-age=${JWKS_SECONDS}`).send(await routes.keys.jwks()),
  )
  await server.register(async (scope) => {
    await scope.register(formbody, { bodyLimit: MOST_BYTES })
    scope.setErrorHandler((error: FastifyError, _request, reply) =>
      answerError(error, reply, routes.log),
    )
    const options = { bodyLimit: MOST_BYTES }
    scope.post('/auth/token', options, (request, reply) => grant(routes, request, reply))
    scope.post('/auth/revoke', options, async (request, reply) => {
      await routes.grants.revoke(one(fieldsOf(request.body), 'token'))
      return noStore(reply).send({})
    })
  })
}

async function grant(
  { grants, doorOf }: TokenRoutes,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const fields = fieldsOf(request.body)
  const door = doorOf(request, reply)
  const kind = one(fields, 'grant_type')
  if (kind === 'refresh_token')
    return noStore(reply).send(await grants.byRefreshToken(one(fields, 'refresh_token')))
  if (kind === 'api_token')
    return noStore(reply).send(await grants.byApiToken(one(fields, 'token'), door))
  if (kind !== 'password')
    throw new Refusal('unsupported_grant_type', 'Use password, refresh_token or api_token.')
  const given = { username: one(fields, 'username'), password: one(fields, 'password') }
  const granted = await grants.byPassword({ ...given, code: fields['code'] }, door)
  if (granted === 'code_required')
    throw new Refusal('code_required', 'Send the code of your authenticator as well.')
  return noStore(reply).send(granted)
}

/** A refusal in the words of OAuth 2.0. */
class Refusal extends Error {
  constructor(
    readonly oauth: string,
    message: string,
  ) {
    super(message)
  }
}

/** Each field once and a text; what else came is a mistake. A password may hold anything but NUL. */
function fieldsOf(body: unknown): Fields {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new Refusal('invalid_request', 'Send the fields as a JSON object or as a form.')
  for (const [name, value] of Object.entries(body))
    if (typeof value !== 'string' || value.includes('\0') || isOdd(name, value))
      throw new Refusal('invalid_request', 'Each field must be one plain text, and sent once.')
  return body as Fields
}

const isOdd = (name: string, value: string): boolean => name !== 'password' && CONTROL.test(value)

function one(fields: Fields, name: string): string {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined
  if (!value) throw new Refusal('invalid_request', `The field ${name} is missing.`)
  return value
}

const noStore = (reply: FastifyReply): FastifyReply =>
  reply.header('cache-control', 'no-store').header('pragma', 'no-cache')

/** The OAuth name of each of our codes; the others keep their own. */
const NAMES: Readonly<Record<string, [number, string]>> = {
  INVALID: [400, 'invalid_grant'],
  UNAUTHENTICATED: [400, 'invalid_grant'],
  NOT_FOUND: [400, 'invalid_grant'],
  FORBIDDEN: [403, 'access_denied'],
  LIMIT: [429, 'LIMIT'],
  UNAVAILABLE: [503, 'temporarily_unavailable'],
}

function answerError(error: FastifyError, reply: FastifyReply, log: Log): FastifyReply {
  const [status, name, message] = named(error, log)
  if (error instanceof AppError && typeof error.details['retryAfterSeconds'] === 'number')
    reply.header('retry-after', error.details['retryAfterSeconds'])
  return noStore(reply).code(status).send({ error: name, error_description: message })
}

function named(error: Error & { statusCode?: number }, log: Log): [number, string, string] {
  if (error instanceof Refusal) return [400, error.oauth, error.message]
  const known = error instanceof AppError ? NAMES[error.code] : undefined
  if (known) return [...known, error.message]
  const status = error.statusCode ?? 500
  if (status < 500) return [status, 'invalid_request', error.message]
  const id = newId()
  log.error({ err: error, id }, 'A request for a token failed by a fault of ours')
  return [500, 'server_error', `Something went wrong on our side (${id}).`]
}
