import type { GraphQLFormattedError } from 'graphql'
import type { AppErrorCode } from '../lib/app-error.ts'
import { ERROR_STATUS } from '../lib/error-status.ts'

/** What is wrong with one field or parameter. */
export interface Complaint {
  path: readonly string[]
  code: string
  message: string
}

/** Titles of RFC 9457, by status. */
export const TITLES: Readonly<Record<number, string>> = {
  400: 'The request can’t be understood',
  401: 'Nobody is signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  406: 'Not acceptable',
  408: 'The request took too long',
  409: 'Conflict',
  412: 'Changed meanwhile',
  413: 'Too large',
  414: 'The address is too long',
  415: 'Unsupported media type',
  422: 'The input is wrong',
  429: 'Too many requests',
  500: 'Our fault',
  503: 'Unavailable',
}

const SLUGS: Readonly<Record<number, string>> = {
  ...{ 400: 'bad-request', 401: 'unauthenticated', 403: 'forbidden', 404: 'not-found' },
  ...{ 405: 'method-not-allowed', 406: 'not-acceptable', 408: 'timeout', 409: 'conflict' },
  ...{ 412: 'precondition-failed', 413: 'too-large', 414: 'address-too-long' },
  ...{ 415: 'unsupported-media-type', 422: 'invalid-input', 429: 'too-many-requests' },
  ...{ 500: 'internal', 503: 'unavailable' },
}

/** A refusal that REST tells as application/problem+json. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly errors: readonly Complaint[] = [],
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(detail)
  }

  /** Its body. */
  get body(): object {
    const { status, detail, errors } = this
    const type = `urn:allswell:problem:${SLUGS[status] ?? 'other'}`
    const title = TITLES[status] ?? 'Refused'
    return { type, title, status, detail, ...(errors.length ? { errors } : {}) }
  }
}

/** A refusal of one parameter of the address. */
export function badParameter(name: string, message: string, code = 'INVALID'): Problem {
  return new Problem(400, message, [{ path: [name], code, message }])
}

/** What executing an operation was refused with. */
export function problemOf(
  { message, extensions = {} }: GraphQLFormattedError,
  retryAfter: string | undefined,
  isReading: boolean,
): Problem {
  const code = String(extensions['code'] ?? '')
  const seconds = retryAfter ?? retrySeconds(extensions)
  if (code === 'BAD_USER_INPUT') return wrongVariable(message, isReading)
  const status = statusOf(code, seconds, isReading)
  const problems = extensions['problems'] as readonly Complaint[] | undefined
  const headers = {
    ...(seconds && { 'retry-after': seconds }),
    ...(status === 401 && { 'www-authenticate': 'Bearer' }),
  }
  return new Problem(status, message, problems, headers)
}

function retrySeconds(extensions: Readonly<Record<string, unknown>>): string | undefined {
  const seconds = extensions['retryAfterSeconds']
  return typeof seconds === 'number' ? String(seconds) : undefined
}

function statusOf(code: string, seconds: string | undefined, isReading: boolean): number {
  // Too much was asked for at once: no waiting helps.
  if (code === 'LIMIT' && !seconds) return isReading ? 400 : 422
  if (code === 'INVALID') return isReading ? 400 : 422
  return ERROR_STATUS[code as AppErrorCode] ?? 500
}

const VARIABLE = /^Variable \$([\w.]+?) (?:is wrong\. )?([\s\S]*)$/

function wrongVariable(message: string, isReading: boolean): Problem {
  const [, name = '', what = message] = VARIABLE.exec(message) ?? []
  const path = name
    .replace(/^input\.?/, '')
    .split('.')
    .filter(Boolean)
  const said = plain(what)
  return new Problem(isReading ? 400 : 422, said, [{ path, code: 'INVALID', message: said }])
}

/** REST knows no types of GraphQL by name. */
const plain = (text: string): string =>
  text.replace(/ by type "\w+"/, '').replace(/ of required type "[^"]+"/, '')

/** What the services complain of: a conflict, an unknown object, or wrong input. */
export function refused(complaints: readonly Complaint[], isConditional: boolean): Problem {
  const detail = complaints.map(({ message }) => message).join(' ')
  const isOf = (code: string): boolean => complaints.every((one) => one.code === code)
  const isAboutVersion = complaints.some(({ path }) => path.includes('expectedVersion'))
  if (isOf('CONFLICT') && isAboutVersion)
    return new Problem(isConditional ? 412 : 409, detail, complaints)
  if (isOf('CONFLICT')) return new Problem(409, detail, complaints)
  const isTheObject = complaints.every(({ path }) =>
    /^(|id|ids([.].+)?|userId)$/.test(path.join('.')),
  )
  if (isOf('NOT_FOUND') && isTheObject) return new Problem(404, detail)
  return new Problem(422, detail, complaints)
}
