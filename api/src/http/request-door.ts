import type { FastifyReply, FastifyRequest } from 'fastify'
import type { IncomingMessage } from 'node:http'
import type { Presented, RequestDoor } from '../accounts/index.ts'
const COOKIE = 'allswell_session'
export function doorOf(request: FastifyRequest, reply: FastifyReply): RequestDoor {
  const publicUrl = `${request.protocol}://${request.host}`
  return {
    ipAddress: request.ip,
    userAgent: request.headers['user-agent'] ?? '',
    publicUrl,
    webUrl: publicUrl,
    setSession: (secret, expiresAt) =>
      void reply.header(
        'set-cookie',
        `${COOKIE}=${secret}; Path=/; HttpOnly; SameSite=Lax; Expires=${expiresAt.toUTCString()}`,
      ),
    clearSession: () =>
      void reply.header('set-cookie', `${COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`),
  }
}
export function credentialsOf(
  { headers }: Pick<IncomingMessage, 'headers'>,
  payload: Readonly<Record<string, unknown>> = {},
): Presented {
  const cookie = new RegExp(`(?:^|; )${COOKIE}=([^;]*)`).exec(headers.cookie ?? '')?.[1]
  const bearer = /^Bearer (.*)$/i.exec(
    String(payload['authorization'] ?? headers.authorization ?? ''),
  )?.[1]
  const workspace = payload['workspace'] ?? headers['allswell-workspace']
  return { bearer, cookie, workspace: typeof workspace === 'string' ? workspace : undefined }
}
