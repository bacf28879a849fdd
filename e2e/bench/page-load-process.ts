// A process of its own: asks for one page over keep-alive connections, one at a time on each, as fast as answers come.
import { connect } from 'node:net'

const [port = '', path = '/', connections = '16', seconds = '5'] = process.argv.slice(2)
const end = Date.now() + Number(seconds) * 1000
const HEAD_END = Buffer.from('\r\n\r\n')
let answers = 0
let refused = 0
let bytes = 0

const request = [
  `GET ${path} HTTP/1.1`,
  `Host: localhost:${port}`,
  'Accept: text/html',
  'Accept-Encoding: gzip, br',
  'Accept-Language: en-US,en;q=0.9',
  '\r\n',
].join('\r\n')

function drive(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1')
    let pending: Buffer = Buffer.alloc(0)
    /** Bytes of the body that are still to come; -1: the head is not complete. */
    let rest = -1
    const done = () => {
      answers++
      rest = -1
      if (Date.now() < end) return void socket.write(request)
      socket.destroy()
      resolve()
    }
    socket.setNoDelay(true)
    socket.on('connect', () => socket.write(request))
    socket.on('error', reject)
    socket.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (rest >= 0) {
        rest -= chunk.length
        return rest > 0 ? undefined : done()
      }
      pending = pending.length ? Buffer.concat([pending, chunk]) : chunk
      const headEnd = pending.indexOf(HEAD_END)
      if (headEnd < 0) return
      const head = pending.toString('latin1', 0, headEnd)
      if (!head.startsWith('HTTP/1.1 200')) refused++
      rest = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0) - (pending.length - headEnd - 4)
      pending = Buffer.alloc(0)
      if (rest <= 0) done()
    })
  })
}

const began = performance.now()
await Promise.all(Array.from({ length: Number(connections) }, drive))
const took = (performance.now() - began) / 1000
console.log(JSON.stringify({ perSecond: answers / took, answers, refused, bytes }))
