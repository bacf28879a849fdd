import { decodeCursor } from '../../src/events/index.ts'
import type { CanaryWorld } from './canary-world.ts'
import type { Operation } from './operations.ts'

export interface Answer {
  status: number
  text: string
}

interface Body {
  data?: Record<string, unknown> | null
  errors?: { extensions?: { code?: string } }[]
}

let addresses = 0

/** Each from an address of its own: how often one may come is tried elsewhere. */
export function newAddress(): string {
  const n = addresses++
  return `10.${(n >> 8) & 255}.${n & 255}.7`
}

/** Asks over HTTP, as programs and browsers do. */
export async function ask(
  world: CanaryWorld,
  headers: Record<string, string>,
  operation: Operation,
): Promise<Answer> {
  const response = await fetch(`http://localhost:${world.app.port}/graphql`, {
    method: 'POST',
    headers: {
      ...{ 'content-type': 'application/json', 'x-allswell': '1', 'x-forwarded-for': newAddress() },
      ...headers,
    },
    body: JSON.stringify(operation),
  })
  return { status: response.status, text: await response.text() }
}

/** What became of it, in a word: a code, `null` for nothing, or `ok`. */
export function outcomeOf({ status, text }: Answer): string {
  const body = readBody(text)
  const code = body.errors?.[0]?.extensions?.code
  if (body.errors) return code ?? `error ${status}`
  const values = Object.values(body.data ?? {})
  if (values.every((value) => value === null)) return 'null'
  return userErrorIn(values) ?? 'ok'
}

const readBody = (text: string): Body => {
  try {
    return JSON.parse(text) as Body
  } catch {
    return { errors: [] }
  }
}

/** The code of the first userError, wherever it stands. */
function userErrorIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { userErrors } = value as { userErrors?: { code?: string }[] }
  if (userErrors?.length) return userErrors[0]!.code ?? 'refused'
  for (const inner of Object.values(value)) {
    const code = userErrorIn(inner)
    if (code) return code
  }
  return undefined
}

/** The answer without what differs from one time to the next: the id that was asked for, ids of errors, the bill. */
export function comparable(
  { status, text }: Answer,
  ids: readonly string[],
  workspaceId?: string,
): string {
  // Where one's own log is moves on; a cursor of any other log stays, and is seen.
  let plain = text.replaceAll(/"cursor":"([^"]+)"/g, (whole, cursor: string) =>
    workspaceId && isOwnCursor(cursor, workspaceId) ? '"cursor":"OURS"' : whole,
  )
  for (const id of ids) plain = plain.replaceAll(id, 'THE-ID')
  return `${status} ${plain
    .replaceAll(/"cost":\{[^}]*\}/g, '')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')}`
}

function isOwnCursor(cursor: string, workspaceId: string): boolean {
  try {
    decodeCursor(cursor, workspaceId)
    return true
  } catch {
    return false
  }
}
