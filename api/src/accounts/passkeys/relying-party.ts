import ipaddr from 'ipaddr.js'
import { AppError } from '../../lib/app-error.ts'
import type { RequestDoor } from '../request-door.ts'

/** For whom passkeys are made, and from which pages they may be used. */
export interface RelyingParty {
  id: string
  origins: string[]
}

/** Passkeys belong to the host of the server. Throws INVALID when it is an address: browsers want a name. */
export function relyingPartyOf({
  publicUrl,
  webUrl,
}: Pick<RequestDoor, 'publicUrl' | 'webUrl'>): RelyingParty {
  const { hostname } = new URL(publicUrl)
  if (ipaddr.isValid(hostname.replace(/^\[|\]$/g, ''))) {
    const message = 'Passkeys need a host name: open this server by its name, not by its address.'
    throw AppError.invalid([{ path: [], code: 'INVALID', message }])
  }
  const origins = [...new Set([publicUrl, webUrl].map((url) => new URL(url).origin))]
  return { id: hostname, origins }
}
