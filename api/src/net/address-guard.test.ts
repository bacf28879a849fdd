import { networkInterfaces } from 'node:os'
import { describe, expect, it } from 'vitest'
import { type AddressGuard, createGuard } from './address-guard.ts'
import { canonicalHost } from './host-name.ts'

const OWN_PORT = 3000
const open = createGuard({ targets: 'any', ownPorts: () => [OWN_PORT] })
const publicOnly = createGuard({ targets: 'public', ownPorts: () => [OWN_PORT] })

/** As a URL would be judged: its host in canonical form, then the address. */
function judgeUrl(guard: AddressGuard, host: string, port = 80): string | undefined {
  return guard.judge(canonicalHost(host), port)
}

/** Refused whatever is allowed: metadata services and addresses that are nobody's. */
const NEVER = `
169.254.169.254 169.254.0.1 169.254.170.2 169.254.169.123 169.254.255.255 169.254.1.1 169.254.169.249 169.254.42.42
fe80::1 fe80::a9fe:a9fe fe80::1%eth0 febf::1 fe90::1 fea0:0:0:0::1
fd00:ec2::254 fd20:ce::254 100.100.100.200 192.0.0.192 168.63.129.16
0.0.0.0 0.0.0.1 0.1.2.3 0.255.255.255 ::
255.255.255.255 224.0.0.1 224.0.0.251 239.255.255.250 232.1.2.3 ff02::1 ff02::fb ff05::2 ff0e::1
::ffff:169.254.169.254 ::ffff:a9fe:a9fe 0:0:0:0:0:ffff:a9fe:a9fe 0000:0000:0000:0000:0000:ffff:169.254.169.254
::ffff:0.0.0.0 ::ffff:224.0.0.1 ::ffff:255.255.255.255
::ffff:0:169.254.169.254 ::ffff:0:a9fe:a9fe
64:ff9b::169.254.169.254 64:ff9b::a9fe:a9fe 64:ff9b::0.0.0.0 64:ff9b:0:0:0:0:a9fe:a9fe
64:ff9b:1::169.254.169.254 64:ff9b:1:a9fe:a9:fe00:: 64:ff9b:1:0:a9:fea9:fe00:0 64:ff9b:1::a9:fea9:fe00:0
2002:a9fe:a9fe:: 2002:a9fe:a9fe::1 2002:0:0::1 2002:e000:1::1
2001:0:4136:e378:8000:63bf:5601:5601 2001::5601:5601 2001:0:0:0:0:0:5601:5601
::169.254.169.254 ::a9fe:a9fe
2001:db8::5efe:169.254.169.254 fd00::5efe:a9fe:a9fe 2001:db8::200:5efe:169.254.169.254
2852039166 0xa9fea9fe 0xA9FEA9FE 025177524776 0xa9.0xfe.0xa9.0xfe 0251.0376.0251.0376 169.254.43518 169.16689662
0xa9.254.0251.254 0x0000a9.0xfe.169.254 169.254.0xa9fe 00000251.00000376.000251.000376
[::ffff:169.254.169.254] [::ffff:a9fe:a9fe] [64:ff9b::a9fe:a9fe] [fe80::1] 169.254.169.254. １６９.２５４.１６９.２５４ 169。254。169。254
①⑥⑨.②⑤④.①⑥⑨.②⑤④ 0 0x0 00 [::] 0.0
`

/** Allowed at home, refused where only public addresses are. */
const PRIVATE = `
127.0.0.1 127.0.0.2 127.1.2.3 127.255.255.255 127.1 127.0.1 0x7f.1 0x7f000001 2130706433 017700000001 0177.0.0.1 127.0.0.1. 0x7f.0x0.0x0.0x1
::1 [::1] 0:0:0:0:0:0:0:1 0000:0000:0000:0000:0000:0000:0000:0001 ::0001
10.0.0.1 10.255.255.255 10.1 10.0.1 0xa000001 167772161 012.0.0.1 0x0a.0.0.1 10.0.0.0
172.16.0.1 172.20.10.2 172.31.255.255 0xac100001 2886729729
192.168.0.1 192.168.1.1 192.168.255.255 192.168.257 0xc0a80101 3232235777 0300.0250.1.1
100.64.0.1 100.100.100.100 100.127.255.254
198.18.0.1 198.19.255.255 192.0.2.1 198.51.100.7 203.0.113.9 240.0.0.1 250.1.2.3 192.0.0.1 192.88.99.1
fc00::1 fd00::1 fd12:3456:789a::1 fdff:ffff::1 [fd00::1]
fec0::1 100::1 5f00::1 2001:db8::1 3fff::1 2001:2::1 2001:10::1 2001:20::1 2001:30::1
::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:10.0.0.1 ::ffff:192.168.1.1 ::ffff:172.16.0.1 ::ffff:100.64.0.1 ::ffff:c0a8:101
[::ffff:127.0.0.1] [::ffff:7f00:0001] [0:0:0:0:0:ffff:10.1.2.3]
::ffff:0:127.0.0.1 ::ffff:0:10.0.0.1 ::ffff:0:c0a8:101
64:ff9b::127.0.0.1 64:ff9b::10.0.0.1 64:ff9b::192.168.0.1 64:ff9b::7f00:1 64:ff9b::a00:1
64:ff9b:1::1 64:ff9b:1::8.8.8.8 64:ff9b:1:ffff::1
2002:7f00:1:: 2002:a00:1::1 2002:c0a8:101::1 2002:ac10:1::1 2002:6440:1::1
2001:0:4136:e378:8000:63bf:80ff:fffe 2001:0:4136:e378::f5ff:fffe 2001:0:4136:e378::3f57:fefe
::127.0.0.1 ::10.0.0.1 ::192.168.1.1 ::7f00:1
2001:4860::5efe:127.0.0.1 2001:4860::200:5efe:10.0.0.1
１２７.０.０.１ 127。0。0。1 ⑩.0.0.1
`

const PUBLIC = `
1.1.1.1 8.8.8.8 9.9.9.9 93.184.216.34 172.15.255.255 172.32.0.1 192.167.255.255 192.169.0.1 11.0.0.1 9.255.255.255 126.255.255.255 128.0.0.1
100.63.255.255 100.128.0.1 169.253.255.255 169.255.0.1 198.17.255.255 198.20.0.1 192.0.1.1 191.255.255.255 223.255.255.255
16843009 0x01010101 1.1 0x8080808 134744072 010.8.8.8
2606:4700:4700::1111 2001:4860:4860::8888 2a00:1450:4001::200e [2606:4700::1] 2620:fe::fe 2400:cb00::1 2003::1 2001:4860::1
::ffff:8.8.8.8 ::ffff:808:808 64:ff9b::8.8.8.8 64:ff9b::808:808 2002:808:808::1
2001:0:4136:e378:8000:63bf:f7f7:f7f7 ::8.8.8.8 2001:4860::5efe:8.8.8.8
`

/** Not an address at all: a guard that is asked about one of these refuses. */
const NO_ADDRESS = `example.com localhost 1.2.3 1.2.3.4.5 256.1.1.1 :: ::1::2 127.0.0.1:80 12345::1 gggg::1 1.1.1.1/8 %00 fe80`

const words = (table: string): string[] => table.split(/\s+/).filter(Boolean)

describe('the address guard', () => {
  it.each(words(NEVER))('never lets a check reach %s', (host) => {
    expect(judgeUrl(open, host)).toMatch(/may not be checked/)
    expect(judgeUrl(publicOnly, host)).toMatch(/may not be checked/)
  })

  it.each(words(PRIVATE))(
    'lets a check reach %s at home, but not from a public service',
    (host) => {
      expect(judgeUrl(open, host)).toBeUndefined()
      expect(judgeUrl(publicOnly, host)).toMatch(/only public/)
    },
  )

  it.each(words(PUBLIC))('lets a check reach %s anywhere', (host) => {
    expect(judgeUrl(open, host)).toBeUndefined()
    expect(judgeUrl(publicOnly, host)).toBeUndefined()
  })

  it.each(words(NO_ADDRESS).filter((text) => text !== '::'))(
    'refuses %s, which is no address',
    (text) => {
      expect(open.judge(text, 80)).toMatch(/not an address/)
    },
  )
})

describe('our own ports', () => {
  const own = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .map((one) => one.address)
  const dressed = [
    '::ffff:127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '127.9.9.9',
    '0x7f.1',
    '::127.0.0.1',
  ]

  it.each(['127.0.0.1', '::1', ...dressed, ...own.filter((a) => !a.startsWith('fe80'))])(
    'are refused at %s, other ports are not',
    (address) => {
      expect(judgeUrl(open, address, OWN_PORT)).toMatch(/Allswell itself/)
      expect(judgeUrl(open, address, OWN_PORT + 1)).toBeUndefined()
    },
  )

  it('are refused even inside an allowed network', () => {
    const guard = createGuard({
      targets: 'public',
      allow: ['127.0.0.0/8'],
      ownPorts: () => [OWN_PORT],
    })
    expect(guard.judge('127.0.0.1', OWN_PORT)).toMatch(/Allswell itself/)
    expect(guard.judge('127.0.0.1', 80)).toBeUndefined()
  })

  it('are free on other machines', () => {
    expect(open.judge('10.99.99.99', OWN_PORT)).toBeUndefined()
  })

  it('are asked for at each judgement, since the port is known only after listening', () => {
    const ports: number[] = []
    const guard = createGuard({ targets: 'any', ownPorts: () => ports })
    expect(guard.judge('127.0.0.1', 8080)).toBeUndefined()
    ports.push(8080)
    expect(guard.judge('127.0.0.1', 8080)).toMatch(/Allswell itself/)
  })
})

describe('allowed networks', () => {
  const guard = createGuard({
    targets: 'public',
    allow: ['10.1.0.0/16', 'fd00:1::/32', '169.254.0.0/16', '192.168.7.7'],
    ownPorts: () => [],
  })

  it.each([
    '10.1.0.1',
    '10.1.255.255',
    'fd00:1::5',
    '::ffff:10.1.2.3',
    '64:ff9b::10.1.2.3',
    '192.168.7.7',
  ])('let a public service check %s', (address) => expect(guard.judge(address, 80)).toBeUndefined())

  it.each(['10.2.0.1', '10.0.255.255', 'fd00:2::5', '::ffff:10.2.2.3', '127.0.0.1', '192.168.7.8'])(
    'leave %s refused',
    (address) => expect(guard.judge(address, 80)).toMatch(/only public/),
  )

  it('open no way to metadata services', () => {
    expect(guard.judge('169.254.169.254', 80)).toMatch(/may not be checked/)
  })

  it('that are no networks are a mistake at the start', () => {
    expect(() =>
      createGuard({ targets: 'any', allow: ['10.0.0.0/99'], ownPorts: () => [] }),
    ).toThrow()
  })
})
