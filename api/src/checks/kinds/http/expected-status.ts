import { FieldRefusal } from '../../settings/fields.ts'

type Range = readonly [from: number, to: number]

const PART = /^\s*(\d{3})(?:\s*(?:-|\.\.)\s*(\d{3}))?\s*$/
const MOST_REMEMBERED = 500
const remembered = new Map<string, readonly Range[]>()

/** Reads a list such as `200-299, 401`. Throws FieldRefusal. */
export function parseExpectedStatus(list: string): Range[] {
  return list.split(',').map((part) => {
    const [, from = '', to = from] = PART.exec(part) ?? []
    const range: Range = [Number(from), Number(to)]
    if (!from || range[0] < 100 || range[1] > 599 || range[0] > range[1])
      throw new FieldRefusal(
        'Expected status is a list of codes from 100 to 599, for example 200-299, 401.',
      )
    return range
  })
}

export function isExpected(status: number, list: string): boolean {
  let ranges = remembered.get(list)
  if (!ranges) {
    ranges = parseExpectedStatus(list)
    if (remembered.size >= MOST_REMEMBERED) remembered.clear()
    remembered.set(list, ranges)
  }
  return ranges.some(([from, to]) => status >= from && status <= to)
}
