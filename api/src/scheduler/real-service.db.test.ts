import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, it } from 'vitest'
import { FreezableClock } from '../../test/freezable-clock.ts'
import { stored } from '../../test/monitors.ts'
import { monitorIn, ownDatabase, ownWorkspace, pass, soon, startWorker } from '../../test/worker.ts'
import { runCheck } from '../checks/index.ts'
import { MONITOR_STATUS } from '../lib/status.ts'
import { AddressGuard } from '../net/index.ts'

const { PENDING, UP, DOWN } = MONITOR_STATUS
let server: Server | undefined

async function serve(port = 0): Promise<number> {
  server = createServer((_, answer) => void answer.end('ok'))
  await new Promise<void>((resolve) => server!.listen(port, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

async function shut(): Promise<void> {
  const closing = server
  server = undefined
  if (closing) await new Promise((resolve) => closing.close(resolve))
}

afterEach(shut)

it('a service that stops and starts again is seen to do so, with a reason in words', async () => {
  const workspaceId = await ownWorkspace()
  const port = await serve()
  const monitor = await monitorIn(workspaceId, 'a', {
    ...{ kind: 'http', settings: { url: `http://127.0.0.1:${port}/` } },
    ...{ intervalSeconds: 2, retryIntervalSeconds: 1, failAfter: 2, recoverAfter: 2 },
  })
  const guard = new AddressGuard({ targets: 'any', allow: [], ownPorts: () => [] })
  const clock = new FreezableClock(Date.now())
  await startWorker(clock, {
    check: (request) => runCheck(request, { guard, now: () => clock.now() }),
  })
  const shows = (status: number): Promise<void> =>
    soon(async () => {
      await pass(clock, 500)
      expect((await stored(await ownDatabase(), monitor)).state).toMatchObject({ status })
    })

  await shows(UP)
  await shut()
  await shows(DOWN)
  const { state } = await stored(await ownDatabase(), monitor)
  expect(state['reason']).toBe(`Connection refused by 127.0.0.1:${port}`)
  await serve(port)
  await shows(UP)
  const { spans } = await stored(await ownDatabase(), monitor)
  expect(spans.map((s) => s.status)).toEqual([PENDING, UP, DOWN, UP])
})
