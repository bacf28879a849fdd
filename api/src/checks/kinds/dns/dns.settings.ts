import { defineSettings, type SettingsOf } from '../../settings/define-settings.ts'
import { choice, FieldRefusal, integer, string, stringList } from '../../settings/fields.ts'
import { checkHost } from '../tcp/tcp.settings.ts'

export const RECORD_TYPES = [
  'A',
  'AAAA',
  'CNAME',
  'MX',
  'NS',
  'TXT',
  'SOA',
  'SRV',
  'CAA',
  'PTR',
] as const

function checkName(name: string): void {
  const isName = name.length <= 253 && /^[\w*-]{1,63}(\.[\w-]{1,63})*\.?$/.test(name)
  if (!isName) throw new FieldRefusal(`"${name}" is not a domain name.`)
}

const fields = {
  name: string({
    label: 'Domain name',
    description: 'The name to ask for.',
    placeholder: 'example.com',
    isRequired: true,
    check: checkName,
  }),
  recordType: choice(
    RECORD_TYPES.map((value) => ({ value, label: value })),
    { label: 'Record type', description: 'Which records to ask for.', byDefault: 'A' },
  ),
  expectedValues: stringList({
    label: 'Expected values',
    description: 'Values that must all be among the answers. Empty: any answer is good.',
  }),
  resolver: string({
    label: 'Resolver',
    description: 'The address of the DNS server to ask. Empty: the one of this machine.',
    placeholder: '9.9.9.9',
    isAdvanced: true,
    check: checkHost,
  }),
  resolverPort: integer({
    label: 'Resolver port',
    description: 'The port of the resolver.',
    min: 1,
    max: 65_535,
    byDefault: 53,
    isAdvanced: true,
  }),
}

export type DnsSettings = SettingsOf<typeof fields>
export const dnsSettings = defineSettings(fields)
