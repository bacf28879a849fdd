import type { AddressGuard } from '../address-guard.ts'
import { Deadline } from '../deadline.ts'
import { exchange, newTrace } from './exchange.ts'

const PATIENCE_MS = 10_000
const NO_BODY = new Set([101, 204, 205, 304])

export interface FetchWishes {
  method?: string
  headers?: Record<string, string>
  body?: string | null
}

/** One request through the guard, without redirects, as libraries want it: answers like `fetch`. */
export async function guardedFetch(
  guard: AddressGuard,
  url: string,
  { method = 'GET', headers = {}, body = null }: FetchWishes,
): Promise<Response> {
  const deadline = new Deadline(PATIENCE_MS)
  const trace = newTrace()
  const sent = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])
  if (body !== null) sent.push(['content-length', String(Buffer.byteLength(body))])
  try {
    const asked = {
      ...{ url: new URL(url), method, body, family: 'AUTO' as const, proxy: null },
      headers: Object.fromEntries(sent) as Record<string, string>,
      tls: { ca: null, cert: null, key: null },
      verifiesCertificate: true,
    }
    const { bytes } = await exchange(asked, { guard, deadline, now: () => Date.now() }, trace)
    return answerOf(trace.response?.statusCode ?? 502, trace.response?.headers ?? {}, bytes)
  } finally {
    deadline.end()
  }
}

function answerOf(
  status: number,
  given: Readonly<Record<string, string | string[] | undefined>>,
  bytes: Buffer,
): Response {
  const headers = new Headers()
  for (const [name, value] of Object.entries(given))
    // The body is decoded already.
    if (value !== undefined && !/^(content-encoding|content-length|transfer-encoding)$/.test(name))
      headers.set(name, Array.isArray(value) ? value.join(', ') : value)
  return new Response(NO_BODY.has(status) ? null : new Uint8Array(bytes), { status, headers })
}
