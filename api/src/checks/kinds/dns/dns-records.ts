import type { Answer, DecodedPacket } from 'dns-packet'

/** The values of the records of one type, as a person writes them in a zone. */
export function valuesOf(answer: DecodedPacket, type: string): string[] {
  return (answer.answers ?? []).filter((record) => record.type === type).map(textOf)
}

function textOf(record: Answer): string {
  if (!('data' in record)) return ''
  const data: unknown = record.data
  switch (record.type) {
    case 'MX':
      return words(data, ['preference', 'exchange'])
    case 'SRV':
      return words(data, ['priority', 'weight', 'port', 'target'])
    case 'SOA':
      return words(data, ['mname', 'rname', 'serial'])
    case 'CAA':
      return words(data, ['flags', 'tag', 'value'])
    case 'TXT':
      return [data].flat().map(String).join('')
    default:
      return String(data).toLowerCase()
  }
}

function words(data: unknown, names: string[]): string {
  const fields = (data ?? {}) as Record<string, unknown>
  return names.map((name) => String(fields[name] ?? '')).join(' ')
}

/** Values compare without case and closing dots, TXT as it is. */
export function isAmong(wanted: string, found: readonly string[], type: string): boolean {
  const plain = (text: string): string =>
    type === 'TXT' ? text : text.toLowerCase().replace(/\.$/, '')
  return found.some((value) => plain(value) === plain(wanted))
}
