import type { Socket } from 'node:net'

const LONGEST_ANSWER = 16_384

/** Asks an HTTP proxy on an open connection to connect to `authority` (RFC 9110, CONNECT). */
export function throughProxy(socket: Socket, authority: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const fail = (message: string): void => reject(new Error(message))
    const hear = (chunk: Buffer): void => {
      answer += chunk.toString('latin1')
      if (answer.length > LONGEST_ANSWER) return fail('The proxy answers without end')
      if (!answer.includes('\r\n\r\n')) return
      socket.off('data', hear)
      socket.pause()
      const [statusLine = ''] = answer.split('\r\n')
      if (/^HTTP\/1\.[01] 2\d\d/.test(statusLine)) resolve()
      else fail(`The proxy refuses: ${statusLine}`)
    }
    socket.on('data', hear)
    socket.once('close', () => fail('The proxy closed the connection'))
    socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\n\r\n`)
  })
}
