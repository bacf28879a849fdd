import type { Socket } from 'node:net'
import {
  ConnectFailure,
  connectGuarded,
  Deadline,
  DeadlineExceeded,
  explainConnection,
} from '../../../net/index.ts'
import type { CheckContext, CheckKind, Finding } from '../../outcome.ts'
import { type TcpSettings, tcpSettings } from './tcp.settings.ts'

const MOST_ANSWER_BYTES = 65_536
const ESCAPES: Record<string, string> = { r: '\r', n: '\n', t: '\t', '\\': '\\' }

interface Progress {
  remote: string | null
  dns: number | null
  connect: number | null
  answer: string
}

async function check(settings: TcpSettings, context: CheckContext): Promise<Finding> {
  const deadline = new Deadline(context.timeoutMs)
  const progress: Progress = { remote: null, dns: null, connect: null, answer: '' }
  try {
    const target = { host: settings.host, port: settings.port, family: settings.ipFamily }
    const connection = await connectGuarded(target, context.guard, deadline)
    Object.assign(progress, {
      remote: connection.remote,
      dns: connection.dnsUs,
      connect: connection.connectUs,
    })
    if (settings.send || settings.expect)
      await deadline.race(converse(connection.socket, settings, progress))
    return good(progress, deadline)
  } catch (error) {
    return bad(error, settings, progress, deadline)
  } finally {
    deadline.end()
  }
}

/** Sends, and reads until the expected text has come. */
function converse(socket: Socket, settings: TcpSettings, progress: Progress): Promise<void> {
  if (settings.send)
    socket.write(settings.send.replace(/\\([rnt\\])/g, (_, char: string) => ESCAPES[char] ?? char))
  const { expect } = settings
  if (!expect) return Promise.resolve()
  return new Promise((resolve, reject) => {
    socket.on('data', (chunk: Buffer) => {
      progress.answer = (progress.answer + chunk.toString('latin1')).slice(-MOST_ANSWER_BYTES)
      if (progress.answer.includes(expect)) resolve()
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new UnexpectedAnswer()))
  })
}

/** The connection ended before the expected text had come. */
class UnexpectedAnswer extends Error {}

function timings(progress: Progress, deadline: Deadline): NonNullable<Finding['timings']> {
  const { dns, connect } = progress
  return { dns, connect, tls: null, firstByte: null, download: null, total: deadline.elapsedUs() }
}

function good(progress: Progress, deadline: Deadline): Finding {
  const measured = timings(progress, deadline)
  return {
    verdict: 'UP',
    message: null,
    latencyUs: measured.total,
    timings: measured,
    facts: {
      connected: true,
      latency: measured.total / 1000,
      ip: progress.remote,
      response: progress.answer,
    },
    evidence: evidence(progress),
  }
}

function bad(
  error: unknown,
  settings: TcpSettings,
  progress: Progress,
  deadline: Deadline,
): Finding {
  const { message, isOurs } = explain(error, settings, progress, deadline)
  const measured = timings(progress, deadline)
  return {
    verdict: isOurs ? 'UNKNOWN' : 'DOWN',
    message,
    latencyUs: null,
    timings: measured,
    facts: {
      connected: progress.remote !== null,
      latency: measured.total / 1000,
      response: progress.answer,
    },
    evidence: evidence(progress),
  }
}

function explain(
  error: unknown,
  settings: TcpSettings,
  progress: Progress,
  deadline: Deadline,
): { message: string; isOurs: boolean } {
  const where = progress.remote ?? `${settings.host}:${settings.port}`
  const patience = `within ${deadline.timeoutMs / 1000} s`
  if (error instanceof UnexpectedAnswer)
    return { message: `${where} did not answer with "${settings.expect}"`, isOurs: false }
  if (error instanceof ConnectFailure) return explainConnection(error.reason, error.remote)
  if (!(error instanceof DeadlineExceeded) && !deadline.hasFallen)
    return explainConnection(error, where)
  const what = progress.remote
    ? `${where} did not answer with "${settings.expect}" ${patience}`
    : `No connection ${patience} to ${where}`
  return { message: what, isOurs: false }
}

function evidence(progress: Progress): NonNullable<Finding['evidence']> {
  return {
    remoteAddress: progress.remote,
    requestedUrl: null,
    statusLine: null,
    headers: [],
    body: progress.answer ? progress.answer.replaceAll('\0', '\uFFFD') : null,
    isBodyTruncated: false,
    redirects: [],
  }
}

/** `tcp://host:port` or `host:port`. */
function detect(text: string): { name: string; settings: Partial<TcpSettings> } | null {
  const [, host, port] = /^(?:tcp:\/\/)?(\[[0-9a-f:]+\]|[\w.-]+):(\d{1,5})\/?$/i.exec(text) ?? []
  if (!host || !port || Number(port) < 1 || Number(port) > 65_535) return null
  return {
    name: `${host}:${port}`,
    settings: { host: host.replace(/^\[|\]$/g, ''), port: Number(port) },
  }
}

export const tcp: CheckKind<TcpSettings> = {
  kind: 'tcp',
  title: 'TCP port',
  description: 'Connects to a port; can send a text and expect one.',
  isPassive: false,
  settings: tcpSettings,
  defaultIntervalSeconds: 60,
  conditionPaths: ['connected', 'latency', 'response', 'ip'],
  target: ({ host, port }) => `${host.includes(':') ? `[${host}]` : host}:${port}`,
  detect,
  check,
}
