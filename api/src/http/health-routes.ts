import type { FastifyInstance } from 'fastify'
import type { Clock } from '../lib/clock.ts'

/** Each part that must be well, by name. */
export type Probes = Readonly<Record<string, () => boolean | Promise<boolean>>>

type State = 'ok' | 'failing'

/** A part that says nothing for so long is not well. */
const PATIENCE_MS = 3_000

/** `/healthz`: the process answers. `/readyz`: every part is well, else 503 and which is not. */
export function addHealthRoutes(server: FastifyInstance, probes: Probes, clock: Clock): void {
  // Whoever asks while an answer is being found gets that one: many askers cost no more than one.
  let asking: Promise<Record<string, State>> | undefined
  const states = (): Promise<Record<string, State>> =>
    (asking ??= statesOf(probes, clock).finally(() => (asking = undefined)))
  server.get('/healthz', (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ status: 'ok' }),
  )
  server.get('/readyz', async (_request, reply) => {
    const parts = await states()
    const isReady = Object.values(parts).every((state) => state === 'ok')
    return reply
      .code(isReady ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: isReady ? 'ok' : 'failing', parts })
  })
}

async function statesOf(probes: Probes, clock: Clock): Promise<Record<string, State>> {
  const states = Object.entries(probes).map(
    async ([name, probe]) => [name, await stateOf(probe, clock)] as const,
  )
  return Object.fromEntries(await Promise.all(states))
}

async function stateOf(probe: Probes[string], clock: Clock): Promise<State> {
  let cancel = (): void => undefined
  const late = new Promise<boolean>(
    (done) => (cancel = clock.after(PATIENCE_MS, () => done(false))),
  )
  try {
    return (await Promise.race([Promise.resolve().then(probe), late])) ? 'ok' : 'failing'
  } catch {
    return 'failing'
  } finally {
    cancel()
  }
}
