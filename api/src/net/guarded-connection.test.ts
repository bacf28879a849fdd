import { afterEach, describe, expect, it } from 'vitest'
import { deadPort, tcp } from '../../test/checks/local-servers.ts'
import { AddressGuard } from './address-guard.ts'
import { Deadline } from './deadline.ts'
import { connectGuarded } from './guarded-connection.ts'
import { HostResolver } from './resolver.ts'

const deadlines: Deadline[] = []
afterEach(() => deadlines.splice(0).forEach((deadline) => deadline.end()))

/** Connects to a host that has these addresses. */
function connectTo(
  addresses: string[],
  port: number,
  targets: 'any' | 'public' = 'any',
  timeoutMs = 3_000,
) {
  const deadline = new Deadline(timeoutMs)
  deadlines.push(deadline)
  const resolver = new HostResolver({ hosts: () => new Map([['many.test', addresses]]) })
  const guard = new AddressGuard({ targets, ownPorts: () => [], resolver })
  return connectGuarded({ host: 'many.test', port, family: 'AUTO' }, guard, deadline)
}

const hear = () => tcp((socket) => socket.resume())

describe('a host with several addresses', () => {
  it('is reached at the first that answers', async () => {
    const port = await hear()
    const { remote, connectUs } = await connectTo(['127.0.0.2', '127.0.0.1'], port)
    expect(remote).toBe(`127.0.0.1:${port}`)
    expect(connectUs).toBeGreaterThan(0)
  })

  it('is reached past one that swallows every packet', async () => {
    const port = await hear()
    const began = performance.now()
    const { remote } = await connectTo(['240.0.0.1', '127.0.0.1'], port)
    expect(remote).toBe(`127.0.0.1:${port}`)
    expect(performance.now() - began).toBeLessThan(1_000)
  })

  it('that all refuse tells of the first', async () => {
    const port = await deadPort()
    await expect(connectTo(['127.0.0.1', '127.0.0.2', '::1'], port)).rejects.toMatchObject({
      name: 'ConnectFailure',
      remote: `127.0.0.1:${port}`,
      reason: { code: 'ECONNREFUSED' },
    })
  })

  it('is refused as a whole when one of them may not be checked', async () => {
    const heard: unknown[] = []
    const port = await tcp((socket) => heard.push(socket))
    await expect(connectTo(['127.0.0.1', '169.254.169.254'], port)).rejects.toMatchObject({
      name: 'AddressRefused',
    })
    await expect(connectTo(['8.8.8.8', '127.0.0.1'], port, 'public')).rejects.toMatchObject({
      name: 'AddressRefused',
    })
    expect(heard).toEqual([])
  })
})
