import type { Socket } from 'node:net'

const LONGEST_ANSWER = 16_384
const END = '\r\n\r\n'

/** A proxy that does not let us through. */
export class ProxyRefusal extends Error {
  override readonly name = 'ProxyRefusal'
}

/**
 * Asks an HTTP proxy on an open connection to connect to `authority` (RFC 9110, CONNECT). Throws ProxyRefusal.
 */
export function throughProxy(
  socket: Socket,
  authority: string,
  authorization: string | null,
): Promise<void> {
  const lines = [`CONNECT ${authority} HTTP/1.1`, `Host: ${authority}`]
  if (authorization) lines.push(`Proxy-Authorization: ${authorization}`)
  return new Promise((resolve, reject) => {
    let answer = ''
    const settle = (problem?: string): void => {
      socket.off('data', hear).off('close', broken).pause()
      if (problem === undefined) resolve()
      else reject(new ProxyRefusal(problem))
    }
    const broken = (): void => settle('The proxy broke the connection off')
    const hear = (chunk: Buffer): void => {
      answer += chunk.toString('latin1')
      const end = answer.indexOf(END)
      if (end < 0) {
        if (answer.length > LONGEST_ANSWER) settle('The proxy answers without end')
        return
      }
      const [, status, reason = ''] = /^HTTP\/1\.[01] (\d{3}) ?([^\r]*)/.exec(answer) ?? []
      if (!status) return settle('The proxy does not speak HTTP')
      if (!status.startsWith('2')) return settle(`The proxy refuses: ${status} ${reason}`.trim())
      settle()
      const rest = Buffer.from(answer.slice(end + END.length), 'latin1')
      if (rest.length) socket.unshift(rest)
    }
    socket.on('data', hear).once('close', broken)
    socket.write(`${lines.join('\r\n')}${END}`)
  })
}
