/** What a request carries to say who sends it. */
export interface Credential {
  /** `Bearer …` */
  authorization?: string
  /** `name=value` */
  cookie?: string
}

export const nobody: Credential = {}

const byOrigin = new Map<string, Credential>()

/** From now on everything that is asked of this server, and does not say otherwise, is asked with this. */
export function rememberCredential(url: string, credential: Credential): void {
  byOrigin.set(new URL(url).origin, credential)
}

export function credentialFor(url: string): Credential {
  return byOrigin.get(new URL(url).origin) ?? nobody
}

/** As headers of a request. */
export const headersOf = ({ authorization, cookie }: Credential): Record<string, string> => ({
  ...(authorization && { authorization }),
  ...(cookie && { cookie }),
})
