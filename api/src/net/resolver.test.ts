import { afterEach, describe, expect, it } from 'vitest'
import { fromTable, nameServer } from '../../test/checks/name-server.ts'
import { Deadline } from './deadline.ts'
import { parseHosts, parseSearchRules } from './hosts-file.ts'
import { NameServers } from './name-servers.ts'
import { HostResolver, type ResolverSources, ResolveFailure } from './resolver.ts'

const deadlines: Deadline[] = []
afterEach(() => deadlines.splice(0).forEach((deadline) => deadline.end()))

function within(ms: number): Deadline {
  const deadline = new Deadline(ms)
  deadlines.push(deadline)
  return deadline
}

const plain: ResolverSources = {
  hosts: () => new Map(),
  search: () => ({ domains: [], dots: 1 }),
  askSystem: () => Promise.resolve([]),
}
const nobody = new NameServers(['127.0.0.1:9'])
const TABLE = {
  'shop.test': ['10.0.0.1', 'fd00::1', '10.0.0.2'],
  'six.test': ['fd00::6'],
  'db.inside.test': ['10.0.0.9'],
}

async function resolver(sources: ResolverSources = {}): Promise<HostResolver> {
  const { address } = await nameServer(fromTable(TABLE))
  return new HostResolver({ ...plain, nameServers: new NameServers([address]), ...sources })
}

const addresses = async (found: Promise<{ address: string }[]>): Promise<string[]> =>
  (await found).map(({ address }) => address)

describe('the addresses of a host', () => {
  it.each([
    ['127.0.0.1', ['127.0.0.1']],
    ['0x7f.1', ['127.0.0.1']],
    ['2130706433', ['127.0.0.1']],
    ['[::1]', ['::1']],
    ['::ffff:10.0.0.1', ['::ffff:10.0.0.1']],
    ['localhost', ['127.0.0.1', '::1']],
    ['LOCALHOST.', ['127.0.0.1', '::1']],
    ['app.localhost', ['127.0.0.1', '::1']],
  ])('%s are known without asking', async (host, expected) => {
    const silent = new HostResolver({ ...plain, nameServers: nobody })
    expect(await addresses(silent.resolve(host, 'AUTO', within(1_000)))).toEqual(expected)
  })

  it('come from the hosts file first', async () => {
    const hosts = parseHosts(
      '# ours\n10.1.1.1 shop.test Shop # x\n\nfd00::5\tshop.test\nbad line\n',
    )
    const found = await resolver({ hosts: () => hosts })
    expect(await addresses(found.resolve('shop.test', 'AUTO', within(1_000)))).toEqual([
      '10.1.1.1',
      'fd00::5',
    ])
    expect(await addresses(found.resolve('SHOP', 'V4', within(1_000)))).toEqual(['10.1.1.1'])
  })

  it('come from DNS, IPv4 first', async () => {
    const found = await resolver()
    const of = (host: string, family: 'AUTO' | 'V4' | 'V6') =>
      addresses(found.resolve(host, family, within(2_000)))
    const all = await of('Shop.Test', 'AUTO')
    expect(all.slice(0, 2).sort()).toEqual(['10.0.0.1', '10.0.0.2'])
    expect(all[2]).toBe('fd00::1')
    expect(await of('shop.test', 'V6')).toEqual(['fd00::1'])
    expect(await of('six.test', 'AUTO')).toEqual(['fd00::6'])
  })

  it('of short names are looked for in the search domains', async () => {
    const search = parseSearchRules(
      'nameserver 1.1.1.1\nsearch none.test inside.test\noptions ndots:2\n',
    )
    expect(search).toEqual({ domains: ['none.test', 'inside.test'], dots: 2 })
    const found = await resolver({ search: () => search })
    expect(await addresses(found.resolve('db', 'AUTO', within(2_000)))).toEqual(['10.0.0.9'])
    expect(await addresses(found.resolve('shop.test', 'V6', within(2_000)))).toEqual(['fd00::1'])
  })

  it('of .local and short names are at last asked of the system', async () => {
    const asked: string[] = []
    const askSystem = (host: string): Promise<string[]> => {
      asked.push(host)
      return Promise.resolve(['192.168.1.5'])
    }
    const found = await resolver({ askSystem })
    expect(await addresses(found.resolve('nas.local', 'AUTO', within(2_000)))).toEqual([
      '192.168.1.5',
    ])
    expect(await addresses(found.resolve('nas', 'AUTO', within(2_000)))).toEqual(['192.168.1.5'])
    await expect(found.resolve('missing.test', 'AUTO', within(2_000))).rejects.toThrow()
    expect(asked).toEqual(['nas.local', 'nas'])
  })
})

describe('a name that does not resolve', () => {
  it.each([
    ['missing.test', 'AUTO', 'DNS: no such host missing.test'],
    ['six.test', 'V4', 'DNS: six.test has no address'],
    ['127.0.0.1', 'V6', 'DNS: 127.0.0.1 has no IPv6 address'],
  ] as const)('%s says why', async (host, family, message) => {
    const found = await resolver()
    await expect(found.resolve(host, family, within(2_000))).rejects.toMatchObject({
      name: 'ResolveFailure',
      message,
      isOurs: false,
    })
  })

  it('because its own name servers fail says so', async () => {
    const { address } = await nameServer(() => ({ rcode: 2 }))
    const found = new HostResolver({ ...plain, nameServers: new NameServers([address]) })
    await expect(found.resolve('shop.test', 'V4', within(4_000))).rejects.toMatchObject({
      message: 'DNS: the name servers of shop.test fail (SERVFAIL)',
      isOurs: false,
    })
  })

  it('because the resolver answers nothing at all is a fault of ours, at the deadline', async () => {
    const { address } = await nameServer(() => null)
    const found = new HostResolver({ ...plain, nameServers: new NameServers([address]) })
    const began = performance.now()
    const failure: unknown = await found
      .resolve('shop.test', 'AUTO', within(300))
      .catch((error: unknown) => error)
    expect(performance.now() - began).toBeLessThan(1_500)
    expect(failure).toBeInstanceOf(ResolveFailure)
    expect(failure).toMatchObject({
      message: 'The DNS resolver of this machine did not answer within 0.3 s',
      isOurs: true,
    })
  })

  it('because the resolver is silent for this name only is a fault of the name', async () => {
    const { address, questions } = await nameServer(({ name }) =>
      name === 'shop.test' ? null : { answers: [{ type: 'NS', name: '.', data: 'a.root.test' }] },
    )
    const found = new HostResolver({ ...plain, nameServers: new NameServers([address]) })
    await expect(found.resolve('shop.test', 'AUTO', within(400))).rejects.toMatchObject({
      message: 'DNS: no answer for shop.test within 0.4 s',
      isOurs: false,
    })
    expect(questions.map(({ type }) => type)).toContain('NS')
  })

  it('because nobody listens at the resolver is a fault of ours', async () => {
    const found = new HostResolver({ ...plain, nameServers: nobody })
    await expect(found.resolve('shop.test', 'AUTO', within(4_000))).rejects.toMatchObject({
      isOurs: true,
    })
  })
})

it('a hundred hung look-ups do not hold up a healthy one', async () => {
  const { address } = await nameServer(({ name, type }) =>
    name.startsWith('hung') ? null : fromTable(TABLE)({ name, type }),
  )
  const found = new HostResolver({ ...plain, nameServers: new NameServers([address]) })
  const hung = Array.from({ length: 100 }, (_, i) =>
    found.resolve(`hung${i}.test`, 'AUTO', within(1_500)).catch(() => 'failed'),
  )
  const began = performance.now()
  expect(await addresses(found.resolve('six.test', 'AUTO', within(2_000)))).toEqual(['fd00::6'])
  expect(performance.now() - began).toBeLessThan(1_000)
  expect(new Set(await Promise.all(hung))).toEqual(new Set(['failed']))
})
