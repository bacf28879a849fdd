import { AppError } from '../../lib/app-error.ts'
import { isId } from '../../lib/ids.ts'
import { MonitorOrder, SORT_KEYS } from './monitor-order.ts'

/** A place in a sorted list of monitors: the sort values of the monitor before it. */
export interface ListPlace {
  orderBy: MonitorOrder
  /** When the first page was read, ms since 1970. */
  asOfMs: number
  values: string[]
}

/** A place as opaque text. */
export function encodePlace({ orderBy, asOfMs, values }: ListPlace): string {
  return Buffer.from(JSON.stringify([orderBy, asOfMs, ...values])).toString('base64url')
}

/** Throws INVALID for what is no cursor of a list in this order. */
export function decodePlace(cursor: string, orderBy: MonitorOrder): ListPlace {
  const place = parse(cursor)
  if (!place || place.orderBy !== orderBy || !isComplete(place))
    throw new AppError(
      'INVALID',
      'This cursor does not belong to a list of monitors in this order.',
    )
  return place
}

function parse(cursor: string): ListPlace | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    if (!Array.isArray(parts)) return undefined
    const [orderBy, asOfMs, ...values] = parts as unknown[]
    const isPlace =
      typeof orderBy === 'string' &&
      orderBy in MonitorOrder &&
      Number.isSafeInteger(asOfMs) &&
      values.every((value) => typeof value === 'string' && !value.includes('\0'))
    return isPlace ? ({ orderBy, asOfMs, values } as ListPlace) : undefined
  } catch {
    return undefined
  }
}

function isComplete({ orderBy, asOfMs, values }: ListPlace): boolean {
  const keys = SORT_KEYS[orderBy]
  return (
    Math.abs(asOfMs) < 8.64e15 &&
    values.length === keys.length &&
    keys.every((key, i) => isOfType(values[i]!, key.type))
  )
}

const NUMBERS = /^-?\d{1,18}(\.\d{1,20})?(e-?\d{1,2})?$/

function isOfType(value: string, type: (typeof SORT_KEYS)[MonitorOrder][number]['type']): boolean {
  if (type === 'text') return true
  if (type === 'uuid') return isId(value)
  return type === 'double precision' ? NUMBERS.test(value) : /^-?\d{1,15}$/.test(value)
}
