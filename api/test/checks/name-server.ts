import { createSocket, type Socket } from 'node:dgram'
import { createServer, type AddressInfo } from 'node:net'
import packet, { type Answer, type DecodedPacket, type Question } from 'dns-packet'
import { afterAll } from 'vitest'

const stops: (() => void)[] = []
afterAll(() => stops.forEach((stop) => stop()))

/** What is answered to a question; null: silence. */
type Reply = (
  question: Question,
) => { answers?: Answer[]; rcode?: number; isTruncated?: boolean } | null

export interface TestNameServer {
  port: number
  /** For a resolver: address with port. */
  address: string
  questions: Question[]
}

function respond(request: DecodedPacket, reply: Reply, questions: Question[]): Buffer | null {
  const question = request.questions?.[0]
  if (!question) return null
  questions.push(question)
  const answer = reply(question)
  if (!answer) return null
  const flags = packet.RECURSION_AVAILABLE | (answer.rcode ?? 0)
  return packet.encode({
    type: 'response',
    id: request.id ?? 0,
    flags: answer.isTruncated ? flags | packet.TRUNCATED_RESPONSE : flags,
    questions: [question],
    answers: answer.isTruncated ? [] : (answer.answers ?? []),
  })
}

function listenTcp(port: number, reply: Reply, questions: Question[]): Promise<void> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    socket.on('data', (data: Buffer) => {
      const response = respond(packet.decode(data.subarray(2)), reply, questions)
      if (!response) return
      const length = Buffer.alloc(2)
      length.writeUInt16BE(response.length)
      socket.end(Buffer.concat([length, response]))
    })
  })
  stops.push(() => server.close())
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
}

/** A real DNS server on loopback, over UDP and TCP; over TCP nothing is truncated. */
export async function nameServer(reply: Reply): Promise<TestNameServer> {
  const questions: Question[] = []
  const socket: Socket = createSocket('udp4')
  socket.on('message', (message, from) => {
    const response = respond(packet.decode(message), reply, questions)
    if (response) socket.send(response, from.port, from.address)
  })
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve))
  stops.push(() => socket.close())
  const { port } = socket.address() as AddressInfo
  const whole: Reply = (question) => {
    const answer = reply(question)
    return answer && { ...answer, isTruncated: false }
  }
  await listenTcp(port, whole, questions).catch(() => undefined)
  return { port, address: `127.0.0.1:${port}`, questions }
}

/** Answers A and AAAA from a table of names; what is not in it does not exist. */
export const fromTable =
  (table: Record<string, string[]>): Reply =>
  ({ name, type }) => {
    const addresses = table[name.toLowerCase()]
    if (!addresses) return { rcode: 3 }
    const fitting = addresses.filter((one) => one.includes(':') === (type === 'AAAA'))
    const answers = fitting.map((data): Answer => ({
      type: type === 'AAAA' ? 'AAAA' : 'A',
      name,
      ttl: 60,
      data,
    }))
    return { answers: type === 'A' || type === 'AAAA' ? answers : [] }
  }
