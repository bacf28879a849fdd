import type { Complaint } from './problems.ts'

type Fields = Readonly<Record<string, unknown>>

/** The complaints of a payload, or of the one item that was asked for. */
export function findComplaints(data: unknown): readonly Complaint[] {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return []
  const { userErrors = [], results = [] } = data as {
    userErrors?: Complaint[]
    results?: { userErrors?: Complaint[] }[]
  }
  return [...userErrors, ...results.flatMap((one) => one.userErrors ?? [])]
}

/** Follows a dotted path; lists on the way are joined, where a list is the answer. */
export function found(data: unknown, path: string | undefined, isList: boolean): unknown {
  let values = [data]
  for (const step of path?.split('.') ?? [])
    values = values.flatMap((one) => next(one, step, isList))
  return isList && !(values.length === 1 && Array.isArray(values[0])) ? values.flat() : values[0]
}

function next(value: unknown, step: string, isList: boolean): unknown[] {
  if (Array.isArray(value)) {
    if (step === '0') return [value[0] ?? null]
    return isList ? value.map((one) => (one as Fields)[step]) : []
  }
  const inside = (value as Fields | null)?.[step] ?? null
  return isList && Array.isArray(inside) ? [inside.flat()] : [inside]
}

export function withoutComplaints(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const { userErrors: _told, ...rest } = value as Fields
  return rest
}
