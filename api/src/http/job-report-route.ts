import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../lib/app-error.ts'
import { type PushService, readReport } from '../monitors/index.ts'

type ReportRequest = FastifyRequest<{ Params: { token: string } }>

const NOT_FOUND = { error: 'NOT_FOUND', message: 'There is no push monitor at this address.' }

/** Heartbeats in our own format: JSON in, JSON out, and every complaint at once. */
export function addJobReportRoute(
  server: FastifyInstance,
  push: Pick<PushService, 'report'>,
): void {
  server.post('/api/heartbeat/:token', async (request: ReportRequest, reply) => {
    const report = readable(request.body, reply)
    if (!report) return reply
    const { outcome, durationMs } = await push.report(request.params.token, report)
    reply.header('cache-control', 'no-store')
    if (outcome === 'notFound') return reply.code(404).send(NOT_FOUND)
    return reply.send({ ok: true, isPaused: outcome === 'paused', durationMs })
  })
}

function readable(body: unknown, reply: FastifyReply): ReturnType<typeof readReport> | undefined {
  try {
    return readReport(body ?? {})
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    const { code, message, details } = error
    void reply.code(400).send({ error: code, message, problems: details.problems ?? [] })
    return undefined
  }
}
