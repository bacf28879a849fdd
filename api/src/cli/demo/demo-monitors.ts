import type { NewMonitor } from '../../monitors/index.ts'
import type { DemoServices } from './services.ts'

type Ports = DemoServices['ports']
export type DemoMonitor = NewMonitor & {
  intervalSeconds: number
  /** What its invented past looks like. */
  character: { latencyMs: number }
}

const common = { failAfter: 2, recoverAfter: 2, retryIntervalSeconds: 3, intervalSeconds: 5 }
const web = (port: number, path = '/'): { http: { url: string } } => ({
  http: { url: `http://localhost:${port}${path}` },
})

const shop = ({ shop: port }: Ports): DemoMonitor => ({
  ...common,
  name: 'Shop',
  settings: web(port, '/health'),
  conditions: ['$.status == "ok"', 'header["content-type"] contains "json"'],
  character: { latencyMs: 18 },
})

const search = ({ search: port }: Ports): DemoMonitor => ({
  ...common,
  name: 'Search',
  settings: web(port, '/search?q=up'),
  conditions: ['degraded: latency < 300ms'],
  character: { latencyMs: 52 },
})

const vault = ({ vault: port }: Ports): DemoMonitor => ({
  ...common,
  name: 'Vault',
  intervalSeconds: 10,
  settings: {
    http: {
      url: `https://localhost:${port}/`,
      verifyCertificate: false,
      certificateDaysLeft: 7,
    },
  },
  conditions: ['cert.daysLeft >= 0'],
  character: { latencyMs: 9 },
})

/** What the demo watches: its six services, each in the way that shows what it does. */
export function demoMonitors({ ports }: DemoServices): DemoMonitor[] {
  return [
    shop(ports),
    search(ports),
    {
      ...common,
      name: 'Payments API',
      settings: web(ports.payments, '/v1/status'),
      character: { latencyMs: 4 },
    },
    {
      ...common,
      name: 'Documentation',
      intervalSeconds: 10,
      settings: web(ports.docs),
      character: { latencyMs: 5 },
    },
    vault(ports),
    {
      ...common,
      name: 'Message queue',
      settings: { tcp: { host: 'localhost', port: ports.queue } },
      character: { latencyMs: 2 },
    },
  ]
}
