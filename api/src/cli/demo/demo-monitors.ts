import type { NewMonitor } from '../../monitors/index.ts'
import type { DemoServices } from './services.ts'

const common = { failAfter: 2, recoverAfter: 2, retryIntervalSeconds: 3 }

/** What the demo watches: its six services, each in the way that shows what it does, and a job that never fails. */
export function demoMonitors({
  ports,
}: DemoServices): (NewMonitor & { intervalSeconds: number })[] {
  const web = (port: number, path = '/'): { http: { url: string } } => ({
    http: { url: `http://localhost:${port}${path}` },
  })
  return [
    {
      ...common,
      name: 'Shop',
      intervalSeconds: 5,
      settings: web(ports.shop, '/health'),
      conditions: ['$.status == "ok"', 'header["content-type"] contains "json"'],
    },
    {
      ...common,
      name: 'Search',
      intervalSeconds: 5,
      settings: web(ports.search, '/search?q=up'),
      conditions: ['degraded: latency < 300ms'],
    },
    {
      ...common,
      name: 'Payments API',
      intervalSeconds: 5,
      settings: web(ports.payments, '/v1/status'),
    },
    { ...common, name: 'Documentation', intervalSeconds: 10, settings: web(ports.docs) },
    {
      ...common,
      name: 'Vault',
      intervalSeconds: 10,
      settings: {
        http: {
          url: `https://localhost:${ports.vault}/`,
          verifyCertificate: false,
          certificateDaysLeft: 7,
        },
      },
      conditions: ['cert.daysLeft >= 0'],
    },
    {
      ...common,
      name: 'Message queue',
      intervalSeconds: 5,
      settings: { tcp: { host: 'localhost', port: ports.queue } },
    },
  ]
}
