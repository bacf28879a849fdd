import type { GraphQLSchema } from 'graphql'
import { WebSocket } from 'ws'
import { EventReader } from '../event-reader.ts'
import { type Answer, newAddress } from './asking.ts'
import type { CanaryWorld } from './canary-world.ts'
import type { Operation } from './operations.ts'
import { type MatrixResult, runRows } from './server-matrix.ts'

/** How long is waited for events that may not come: they must not. */
const QUIET_MS = 150

const isTold = (text: string): boolean => !text.includes('"events":[]')

/** A subscription may begin with an empty batch. */
async function eventsOrQuiet(texts: () => string[]): Promise<void> {
  const latest = performance.now() + QUIET_MS
  while (!texts().some(isTold) && performance.now() < latest)
    await new Promise((done) => setTimeout(done, 5))
}

const withEvents = (texts: string[]): string => texts.find(isTold) ?? texts[0]!

interface Message {
  type: string
  payload?: unknown
}

const PATIENCE_MS = 5_000

/** Opens every subscription as everybody, over WebSocket or as server-sent events. */
export function runLiveMatrix(
  world: CanaryWorld,
  schema: GraphQLSchema,
  door: 'WebSocket' | 'SSE',
): Promise<MatrixResult> {
  const asks = door === 'SSE' ? askBySse : askBySocket
  return runRows(schema, ({ root }) => root === 'Subscription', {
    ...{ world, readers: new Map() },
    ask: (headers, operation) => asks(world, headers, operation),
  })
}

async function askBySse(
  world: CanaryWorld,
  headers: Record<string, string>,
  operation: Operation,
): Promise<Answer> {
  const reader = new EventReader(world.app.port, '/graphql/stream', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-allswell': '1',
      'x-forwarded-for': newAddress(),
      ...headers,
    },
    body: JSON.stringify(operation),
  })
  try {
    await reader.until(() => reader.isEnded || reader.events.length > 0, 'an answer over SSE')
    const texts = (): string[] => reader.events.map(({ data }) => data)
    await eventsOrQuiet(texts)
    return { status: reader.status ?? 0, text: texts()[0] ? withEvents(texts()) : reader.text }
  } finally {
    reader.close()
  }
}

/** As a browser does with its cookie, as a program does with what it says in `connection_init`. */
async function askBySocket(
  world: CanaryWorld,
  { cookie, authorization, 'allswell-workspace': workspace }: Record<string, string>,
  payload: Operation,
): Promise<Answer> {
  const headers = { 'x-forwarded-for': newAddress(), ...(cookie ? { cookie } : {}) }
  const url = `ws://127.0.0.1:${world.app.port}/graphql`
  const socket = new WebSocket(url, ['graphql-transport-ws'], { headers })
  const send = (message: object): void => socket.send(JSON.stringify(message))
  const told: string[] = []
  try {
    const first = await new Promise<Answer>((done, fail) => {
      setTimeout(() => fail(new Error(`No answer over WebSocket: ${payload.query}`)), PATIENCE_MS)
      socket.on('error', fail)
      socket.on('open', () =>
        send({ type: 'connection_init', payload: { authorization, workspace } }),
      )
      socket.on('close', (code) => done(refusal(code)))
      socket.on('message', (data: Buffer) => {
        const message = JSON.parse(data.toString()) as Message
        if (message.type === 'connection_ack') send({ id: '1', type: 'subscribe', payload })
        const answer = answerIn(message)
        if (message.type === 'next') told.push(JSON.stringify(message.payload))
        if (answer) done(answer)
      })
    })
    if (!told.length) return first
    await eventsOrQuiet(() => told)
    return { ...first, text: withEvents(told) }
  } finally {
    socket.terminate()
  }
}

/** A socket that is closed in our face says of bad credentials what HTTP says by its code. */
function refusal(code: number): Answer {
  const word = code === 4403 ? 'UNAUTHENTICATED' : `closed ${code}`
  return { status: code, text: JSON.stringify({ errors: [{ extensions: { code: word } }] }) }
}

function answerIn({ type, payload }: Message): Answer | undefined {
  if (type === 'next') return { status: 200, text: JSON.stringify(payload) }
  if (type === 'error') return { status: 200, text: JSON.stringify({ errors: payload }) }
  return undefined
}
