import ipaddr from 'ipaddr.js'

/** RFC 6052: the bytes of an IPv4 address behind a prefix of 48, 56, 64 and 96 bits; byte 8 is skipped. */
const NAT64_LAYOUTS = [
  [6, 7, 9, 10],
  [7, 9, 10, 11],
  [9, 10, 11, 12],
  [12, 13, 14, 15],
]
/** RFC 8215: 64:ff9b:1::/48 is translated locally, by a prefix of any length from 48 on. */
const LOCAL_NAT64 = ipaddr.IPv6.parseCIDR('64:ff9b:1::/48')

/** Every IPv4 address that an IPv6 address may stand for, however it is dressed: mapped, translated or tunnelled. */
export function embeddedIPv4(address: ipaddr.IPv6): ipaddr.IPv4[] {
  const bytes = address.toByteArray()
  const from = (places: readonly number[], mask = 0): ipaddr.IPv4 =>
    new ipaddr.IPv4(places.map((place) => bytes[place]! ^ mask))
  const last = [12, 13, 14, 15]
  if (address.match(LOCAL_NAT64))
    return NAT64_LAYOUTS.map((layout) => from(layout)).filter(({ octets }) => octets[0] !== 0)
  const range: string = address.range()
  if (range === 'ipv4Mapped' || range === 'rfc6145' || range === 'rfc6052') return [from(last)]
  if (range === '6to4') return [from([2, 3, 4, 5])]
  if (range === 'teredo') return [from([4, 5, 6, 7]), from(last, 0xff)]
  return isCompatible(bytes) || isIsatap(bytes) ? [from(last)] : []
}

/** `::a.b.c.d`, long deprecated and still understood by some systems. */
function isCompatible(bytes: readonly number[]): boolean {
  return bytes.slice(0, 12).every((byte) => byte === 0) && bytes[12] !== 0
}

/** RFC 5214: `…:0:5efe:a.b.c.d` or `…:200:5efe:a.b.c.d`. */
function isIsatap(bytes: readonly number[]): boolean {
  return (bytes[8]! & 0xfd) === 0 && bytes[9] === 0 && bytes[10] === 0x5e && bytes[11] === 0xfe
}
