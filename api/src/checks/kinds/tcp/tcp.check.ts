import type { Socket } from 'node:net'
import { connectGuarded, type Deadline, hostPort } from '../../../net/index.ts'
import { CheckProblem, explainFailure } from '../../failure.ts'
import type { CheckContext, CheckKind, Finding } from '../../outcome.ts'
import { type TcpSettings, tcpSettings } from './tcp.settings.ts'

const MOST_ANSWER_CHARACTERS = 65_536
const MOST_ANSWER_BYTES = 1024 * 1024
const ESCAPES: Record<string, string> = { r: '\r', n: '\n', t: '\t', '\\': '\\' }

interface Progress {
  remote: string | null
  dns: number | null
  connect: number | null
  firstByte: number | null
  answer: string
}

async function check(settings: TcpSettings, context: CheckContext): Promise<Finding> {
  const { guard, deadline } = context
  const progress: Progress = { remote: null, dns: null, connect: null, firstByte: null, answer: '' }
  const target = { host: settings.host, port: settings.port, family: settings.ipFamily }
  try {
    const connection = await connectGuarded(target, guard, deadline)
    progress.remote = connection.remote
    progress.dns = connection.dnsUs
    progress.connect = connection.connectUs
    if (settings.send !== null || settings.expect !== null)
      await deadline.race(converse(connection.socket, settings, progress))
    return good(progress, deadline)
  } catch (error) {
    return bad(error, settings, progress, deadline)
  }
}

/** Sends, and reads until the expected text has come; without one until all is sent. */
function converse(socket: Socket, settings: TcpSettings, progress: Progress): Promise<void> {
  const began = performance.now()
  const wanted = settings.expect
  return new Promise((resolve, reject) => {
    const decoder = new TextDecoder()
    let size = 0
    socket.on('data', (chunk: Buffer) => {
      progress.firstByte ??= Math.round((performance.now() - began) * 1000)
      const text = progress.answer + decoder.decode(chunk, { stream: true })
      progress.answer = text.slice(-MOST_ANSWER_CHARACTERS)
      size += chunk.length
      if (wanted !== null && text.includes(wanted)) resolve()
      else if (size > MOST_ANSWER_BYTES)
        reject(new CheckProblem(`${progress.remote} sent 1 MiB without "${wanted}"`))
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new CheckProblem(unexpected(settings, progress))))
    if (settings.send !== null) socket.write(unescape(settings.send), () => wanted ?? resolve())
  })
}

function unescape(text: string): string {
  return text.replace(/\\([rnt\\])/g, (_, char: string) => ESCAPES[char] ?? char)
}

function unexpected({ expect }: TcpSettings, { remote, answer }: Progress): string {
  const said = answer ? `said "${answer.slice(0, 60).trim()}"` : 'said nothing'
  return `${remote} closed the connection and ${said}, expected "${expect}"`
}

function timings(progress: Progress, deadline: Deadline): NonNullable<Finding['timings']> {
  const { dns, connect, firstByte } = progress
  return { dns, connect, tls: null, firstByte, download: null, total: deadline.elapsedUs() }
}

function good(progress: Progress, deadline: Deadline): Finding {
  const measured = timings(progress, deadline)
  return {
    verdict: 'UP',
    message: null,
    latencyUs: measured.total,
    timings: measured,
    facts: () => ({
      connected: true,
      latency: measured.total / 1000,
      ip: progress.remote?.replace(/:\d+$/, '').replace(/^\[|\]$/g, ''),
      response: progress.answer,
    }),
    evidence: () => evidence(progress),
  }
}

function bad(
  error: unknown,
  settings: TcpSettings,
  progress: Progress,
  deadline: Deadline,
): Finding {
  const { remote } = progress
  const where = remote ?? hostPort(settings.host, settings.port)
  const late = remote
    ? `${where} did not answer "${settings.expect}" ${deadline.patience}`
    : `No connection ${deadline.patience} to ${where}`
  const { message, isOurs } = explainFailure(error, where, deadline, late)
  return {
    verdict: isOurs ? 'UNKNOWN' : 'DOWN',
    message,
    latencyUs: null,
    timings: timings(progress, deadline),
    facts: null,
    evidence: () => evidence(progress),
  }
}

function evidence(progress: Progress): ReturnType<NonNullable<Finding['evidence']>> {
  return {
    remoteAddress: progress.remote,
    requestedUrl: null,
    statusLine: null,
    headers: [],
    body: progress.answer || null,
    isBodyTruncated: false,
    redirects: [],
  }
}

/** `tcp://host:port` or `host:port`. */
function detect(text: string): { name: string; settings: Partial<TcpSettings> } | null {
  const [, host, port] = /^(?:tcp:\/\/)?(\[[0-9a-f:.]+\]|[\w.-]+):(\d{1,5})\/?$/i.exec(text) ?? []
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
  target: ({ host, port }) => hostPort(host.replace(/^\[|\]$/g, ''), port),
  detect,
  check,
}
