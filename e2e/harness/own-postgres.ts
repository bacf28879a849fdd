import { rmSync } from 'node:fs'
import { EmbeddedServer } from '../../api/src/db/embedded/embedded-server.ts'
import { silentLog } from '../../api/src/lib/log.ts'
import { temporaryFolder } from './server-process.ts'

/** A PostgreSQL of a test's own, to be reached through proxies, as a user's own server would be. */
export interface OwnPostgres {
  /** Its unix socket. */
  path: string
  /** The DATABASE_URL by way of a proxy on this port. */
  url(port: number): string
  stop(): Promise<void>
}

export async function startPostgres(): Promise<OwnPostgres> {
  const folder = temporaryFolder('allswell-own-postgres-')
  const server = await EmbeddedServer.start({ dataFolder: folder, log: silentLog })
  const { host, port, user, password } = server.connectionOf('allswell', 'postgres')
  return {
    path: `${host}/.s.PGSQL.${port}`,
    url: (proxyPort) => `postgres://${user}:${String(password)}@127.0.0.1:${proxyPort}/postgres`,
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
