import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { connect } from 'node:net'
import packet, { type DecodedPacket, type RecordType } from 'dns-packet'
import type { Deadline } from '../../../net/index.ts'

export interface DnsServer {
  address: string
  family: 4 | 6
  port: number
}

/** UDP loses packets: ask again while the deadline lasts. */
const RESEND_MS = 1_500

function question(name: string, type: RecordType): { id: number; bytes: Buffer } {
  const id = randomInt(65_536)
  const bytes = packet.encode({
    type: 'query',
    id,
    flags: packet.RECURSION_DESIRED,
    questions: [{ type, name: name.replace(/\.$/, '') }],
  })
  return { id, bytes }
}

/** Asks one DNS server over UDP, and over TCP when the answer does not fit (RFC 1035, RFC 7766). */
export async function askServer(
  server: DnsServer,
  name: string,
  type: RecordType,
  deadline: Deadline,
): Promise<DecodedPacket> {
  const answer = await deadline.race(askUdp(server, name, type, deadline))
  return answer.flag_tc ? deadline.race(askTcp(server, name, type, deadline)) : answer
}

function askUdp(
  server: DnsServer,
  name: string,
  type: RecordType,
  deadline: Deadline,
): Promise<DecodedPacket> {
  const { id, bytes } = question(name, type)
  const socket = createSocket(server.family === 6 ? 'udp6' : 'udp4')
  let timer: NodeJS.Timeout | undefined
  const send = (): void => {
    socket.send(bytes)
    timer = setTimeout(send, RESEND_MS)
  }
  const closed = new Promise<void>((resolve) => socket.once('close', resolve))
  const close = onceOnly(() => {
    clearTimeout(timer)
    socket.close()
  })
  deadline.hold({ destroy: close })
  const answer = new Promise<DecodedPacket>((resolve, reject) => {
    socket.on('error', reject)
    socket.on('message', (message) => {
      const decoded = decode(message, id)
      if (decoded) resolve(decoded)
    })
    void closed.then(() => reject(new Error('closed')))
    socket.connect(server.port, server.address, (error?: Error) => (error ? reject(error) : send()))
  })
  return answer.finally(close)
}

function onceOnly(run: () => void): () => void {
  let isDone = false
  return () => {
    if (!isDone) run()
    isDone = true
  }
}

function decode(message: Buffer, id: number): DecodedPacket | undefined {
  try {
    const decoded = packet.decode(message)
    return decoded.id === id && decoded.type === 'response' ? decoded : undefined
  } catch {
    return undefined
  }
}

function askTcp(
  server: DnsServer,
  name: string,
  type: RecordType,
  deadline: Deadline,
): Promise<DecodedPacket> {
  const { id, bytes } = question(name, type)
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return new Promise((resolve, reject) => {
    const socket = deadline.hold(
      connect({ host: server.address, port: server.port, family: server.family }),
    )
    let received = Buffer.alloc(0)
    socket.on('connect', () => socket.write(Buffer.concat([length, bytes])))
    socket.on('error', reject)
    socket.on('close', () => reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' })))
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk])
      if (received.length < 2 || received.length < 2 + received.readUInt16BE()) return
      const decoded = decode(received.subarray(2, 2 + received.readUInt16BE()), id)
      if (decoded) resolve(decoded)
      else reject(new Error('the answer is not DNS'))
    })
  })
}
