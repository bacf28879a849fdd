// The embedded PostgreSQL in a process of its own, for tests that kill it. Says on its output what happens.
import { EmbeddedServer } from '../src/db/embedded/embedded-server.ts'

const say = (fact: object): void => void process.stdout.write(`${JSON.stringify(fact)}\n`)
const tell = (_fields: object, log: string): void => say({ log })

try {
  const log = { debug: tell, info: tell, warn: tell, error: tell }
  const server = await EmbeddedServer.start({ dataFolder: process.argv[2]!, log })
  process.on('SIGTERM', () => {
    void server.stop().then(() => process.exit(0))
  })
  // An adopted server is no child that would keep us alive.
  setInterval(() => undefined, 60_000)
  const connection = server.connectionOf('allswell', 'postgres')
  say({ ready: { postmaster: server.pid, cluster: server.clusterFolder, connection } })
} catch (error) {
  say({ error: error instanceof Error ? error.message : String(error) })
  process.exitCode = 1
}
