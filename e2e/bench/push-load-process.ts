// A process of its own: pushes over keep-alive connections, one at a time on each, as fast as answers come.
import { connect } from 'node:net'

const [port = '', connections = '32', seconds = '10', ...paths] = process.argv.slice(2)
const end = Date.now() + Number(seconds) * 1000
const latencies: number[] = []
let acknowledged = 0
let refused = 0

function drive(index: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), '127.0.0.1')
    const text = `GET ${paths[index % paths.length]} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`
    let askedAt = 0
    let buffer = ''
    const ask = () => {
      askedAt = performance.now()
      socket.write(text)
    }
    socket.setNoDelay(true)
    socket.on('connect', ask)
    socket.on('error', reject)
    socket.on('data', (chunk) => {
      buffer += chunk.toString('latin1')
      const headEnd = buffer.indexOf('\r\n\r\n')
      if (headEnd < 0) return
      const length = Number(/content-length: (\d+)/i.exec(buffer)?.[1] ?? 0)
      if (buffer.length < headEnd + 4 + length) return
      if (buffer.startsWith('HTTP/1.1 200')) acknowledged++
      else refused++
      latencies.push(performance.now() - askedAt)
      buffer = buffer.slice(headEnd + 4 + length)
      if (Date.now() < end) return ask()
      socket.destroy()
      resolve()
    })
  })
}

const began = performance.now()
await Promise.all(Array.from({ length: Number(connections) }, (_, index) => drive(index)))
latencies.sort((a, b) => a - b)
console.log(
  JSON.stringify({
    acknowledged,
    refused,
    seconds: (performance.now() - began) / 1000,
    p50Ms: latencies[Math.floor(latencies.length * 0.5)],
    p99Ms: latencies[Math.floor(latencies.length * 0.99)],
  }),
)
