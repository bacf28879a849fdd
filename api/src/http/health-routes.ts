import type { FastifyInstance } from 'fastify'

/** Each part that must be well, by name. */
export type Probes = Record<string, () => boolean | Promise<boolean>>

/** `/healthz`: the process answers. `/readyz`: every part is well, else 503 and which is not. */
export function addHealthRoutes(server: FastifyInstance, probes: Probes): void {
  server.get('/healthz', (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  )
  server.get('/readyz', async (_request, reply) => {
    const states = await Promise.all(
      Object.entries(probes).map(
        async ([name, probe]) => [name, (await probe()) ? 'ok' : 'failing'] as const,
      ),
    )
    const isReady = states.every(([, state]) => state === 'ok')
    return reply
      .code(isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: isReady ? 'ok' : 'failing', parts: Object.fromEntries(states) })
  })
}
