/** The methods that operations have; HEAD comes with GET. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** A parameter of the address, and which variable of the field it becomes. */
export interface Parameter {
  /** Dotted: `filter.statuses`. Its type is found in the contract. */
  variable: string
  /** Absent: the contract's own words. */
  description?: string
}

/** One door of REST: which field of the contract it opens, and how what is sent and answered is named. */
export interface RestOperation {
  method: Method
  /** Below /api/v1, such as `/monitors/{id}`. */
  path: string
  operationId: string
  tag: string
  summary: string
  description?: string
  /** The field of the contract: `Query.monitors`, `Mutation.createMonitor`. */
  field: string
  /** A field of the answered object that has arguments of its own, such as `uptime`. */
  nested?: string
  /** Where in the field's answer the resource is, dotted; lists on the way are joined. Absent: the answer itself. */
  answer?: string
  /** What is in the address, and where it goes; `ids` of an input are a list of one. */
  pathVariables?: Readonly<Record<string, string>>
  query?: Readonly<Record<string, Parameter>>
  /** Fields of the input that are not in the body: the address or a header says them. */
  notInBody?: readonly string[]
  /** The input whose fields the body has; absent: that of the field. PUT replaces as POST creates. */
  bodyLike?: string
  /** Fields that a body need not have although the input wants them, or that stand for absent ones of a PUT. */
  absent?: Readonly<Record<string, unknown>>
  /** Nested objects that PATCH merges: the operation that reads them as they are. */
  merges?: { read: string; field: string }
  /** One item of a list, found by its id. */
  findById?: boolean
  /** What of the answer is the last part of Location, dotted, and the path before it. */
  location?: { path: string; id: string }
  /** Answers pages with `Link`. */
  isPaged?: boolean
  /** Edits carry a version: ETag and If-Match. */
  hasVersion?: boolean
  /** If-Match is compared with what this operation reads. */
  versionFrom?: string
  /** An example of the body. */
  example?: Readonly<Record<string, unknown>>
}

type Plain = Omit<RestOperation, 'method'>
const by =
  (method: Method) =>
  (operation: Plain): RestOperation => ({ method, ...operation })

export const get = by('GET')
export const post = by('POST')
export const put = by('PUT')
export const patch = by('PATCH')
export const remove = by('DELETE')

/** The status when all went well. */
export function statusOf({ method, location }: RestOperation): 200 | 201 | 204 {
  if (method === 'DELETE') return 204
  return location ? 201 : 200
}

/** The id in the address, as the `id` of the input. */
export const INPUT_ID = { id: 'input.id' } as const
export const INPUT_IDS = { id: 'input.ids' } as const
export const INPUT_USER = { id: 'input.userId' } as const

export const PAGING = {
  limit: { variable: 'first', description: 'How many at most, 1 to 500. Absent: 50.' },
  after: {
    variable: 'after',
    description: 'Where to go on: what the `Link` of the page before says.',
  },
} as const satisfies Record<string, Parameter>
