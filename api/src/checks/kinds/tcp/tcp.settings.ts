import { defineSettings, type SettingsOf } from '../../settings/define-settings.ts'
import { choice, FieldRefusal, integer, string, text } from '../../settings/fields.ts'

/** A host name or an address, without scheme and port. */
export function checkHost(host: string): void {
  const wrapped = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  const isHost = /^[\w.[\]:-]+$/.test(host) && URL.canParse(`tcp://${wrapped}`)
  if (!isHost) throw new FieldRefusal(`"${host}" is neither a host name nor an address.`)
}

const fields = {
  host: string({
    label: 'Host',
    description: 'The host name or address to connect to.',
    placeholder: 'db.example.com',
    isRequired: true,
    check: checkHost,
  }),
  port: integer({
    label: 'Port',
    description: 'The TCP port, 1 to 65535.',
    min: 1,
    max: 65_535,
    isRequired: true,
  }),
  send: text({
    label: 'Send',
    description: 'A text to send after connecting; \\r, \\n and \\t are understood.',
    isAdvanced: true,
  }),
  expect: string({
    label: 'Expect',
    description: 'A text that the answer must contain.',
    isAdvanced: true,
  }),
  ipFamily: choice(
    [
      { value: 'AUTO', label: 'Automatic' },
      { value: 'V4', label: 'IPv4 only' },
      { value: 'V6', label: 'IPv6 only' },
    ],
    {
      label: 'IP family',
      description: 'Which addresses of the host are used.',
      byDefault: 'AUTO',
      isAdvanced: true,
    },
  ),
}

export type TcpSettings = SettingsOf<typeof fields>
export const tcpSettings = defineSettings(fields)
