// `npm run bench`: every figure beside the bar that it must hold. BENCH_SECONDS sets the length of a window.
import { ServerProcess } from '../harness/server-process.ts'
import { EmbeddedServer } from '../../api/src/db/embedded/embedded-server.ts'
import { silentLog } from '../../api/src/lib/log.ts'
import { temporaryFolder } from '../harness/server-process.ts'
import { benchChecks } from './checks.bench.ts'
import { summary } from './figures.ts'
import { benchLighthouse } from './lighthouse.bench.ts'
import { benchLive } from './live.bench.ts'
import { postmasterOf } from './processes.ts'
import { benchPushes } from './push.bench.ts'
import { benchSignIn } from './sign-in.bench.ts'
import { benchStatusPage } from './status-page.bench.ts'

const windowMs = Number(process.env['BENCH_SECONDS'] ?? 40) * 1000
const wanted = process.argv.slice(2)
const isWanted = (name: string) => wanted.length === 0 || wanted.includes(name)

async function withServer(
  title: string,
  run: (server: ServerProcess) => Promise<void>,
  env: Record<string, string> = {},
): Promise<void> {
  console.log(`\n── ${title}`)
  const server = await ServerProcess.start({ env })
  try {
    await run(server)
  } finally {
    await server.stop()
  }
}

if (isWanted('pushes')) await withServer('Pushes', (server) => benchPushes(server, windowMs / 4000))
if (isWanted('live')) await withServer('Live', benchLive)
if (isWanted('checks')) {
  const postgres = await EmbeddedServer.start({ dataFolder: temporaryFolder(), log: silentLog })
  const connection = JSON.stringify(postgres.connectionOf('allswell', 'postgres'))
  await withServer('Checks', (server) =>
    benchChecks(
      server,
      { connection, pids: [postgres.pid ?? 0] },
      postmasterOf(`${server.dataFolder}/pgdata`),
      windowMs,
    ),
  )
  await postgres.stop()
}
if (isWanted('sign-in')) await withServer('Sign-in', benchSignIn, { TRUSTED_PROXIES: 'loopback' })
if (isWanted('status-page'))
  await withServer('Status page', (server) => benchStatusPage(server, windowMs / 8000))
if (isWanted('lighthouse')) await withServer('Lighthouse', benchLighthouse)
process.exitCode = summary() ? 0 : 1
