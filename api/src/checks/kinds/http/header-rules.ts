import { FieldRefusal } from '../../settings/fields.ts'

/** RFC 9110: a header's name is a token. Those that frame the message are ours. Throws FieldRefusal. */
export function checkHeaderName(name: string): void {
  if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name))
    throw new FieldRefusal(`"${name}" can’t be the name of a header.`)
  if (/^(content-length|transfer-encoding|connection|upgrade|expect|te|trailer)$/i.test(name))
    throw new FieldRefusal(`The header ${name} is set by Allswell itself.`)
}

/** Throws FieldRefusal. */
export function checkHeaderValue(value: string): void {
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
    throw new FieldRefusal('The value of a header has characters that can’t be sent.')
}
