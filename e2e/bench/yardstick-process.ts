// A process of its own: the least that does the same work. It checks on time, batch-inserts, and sends to its sockets.
import { request } from 'node:http'
import { Client } from 'pg'
import { WebSocketServer } from 'ws'

const [targetPort = '', connection = '', count = '1000', intervalMs = '20000'] =
  process.argv.slice(2)
const client = new Client(JSON.parse(connection) as object)
await client.connect()
await client.query(
  `create table if not exists yardstick (monitor_id integer not null, slot timestamptz not null,
     status smallint not null, latency_us integer not null, primary key (monitor_id, slot))`,
)

interface Beat {
  monitor: number
  slot: number
  status: number
  latencyUs: number
}

const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' })
let waiting: Beat[] = []

async function flush(): Promise<void> {
  const beats = waiting
  waiting = []
  if (beats.length) {
    await client.query({
      name: 'beats',
      text: `insert into yardstick select * from unnest($1::int[], $2::timestamptz[], $3::smallint[], $4::int[])
             on conflict do nothing`,
      values: [
        beats.map((b) => b.monitor),
        beats.map((b) => new Date(b.slot)),
        beats.map((b) => b.status),
        beats.map((b) => b.latencyUs),
      ],
    })
    const text = JSON.stringify(beats)
    for (const socket of sockets.clients) socket.send(text)
  }
  setTimeout(() => void flush(), 250)
}

function check(monitor: number, slot: number): void {
  const began = performance.now()
  const done = (status: number) =>
    void waiting.push({
      monitor,
      slot,
      status,
      latencyUs: Math.round((performance.now() - began) * 1000),
    })
  const asked = request(
    { host: '127.0.0.1', port: Number(targetPort), path: `/m/${monitor}`, agent: false },
    (answer) => {
      answer.resume()
      answer.on('end', () => done(answer.statusCode === 200 ? 1 : 3))
    },
  )
  asked.on('error', () => done(3))
  asked.end()
}

const interval = Number(intervalMs)
const start = Date.now()
for (let monitor = 0; monitor < Number(count); monitor++) {
  let slot = start + Math.floor((monitor / Number(count)) * interval)
  const run = () => {
    check(monitor, slot)
    slot += interval
    setTimeout(run, slot - Date.now())
  }
  setTimeout(run, slot - Date.now())
}
void flush()
console.log('ready')
process.on('SIGTERM', () => process.exit(0))
