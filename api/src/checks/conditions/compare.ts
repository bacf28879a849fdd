import type { Comparison } from './parse.ts'

/** A range of a condition, both ends included. */
interface Range {
  from: unknown
  to: unknown
}

/** Compares two values that are both there. Lists and objects are never equal to anything. */
export function compare(operator: Comparison, left: unknown, right: unknown): boolean {
  switch (operator) {
    case '==':
      return isEqual(left, right)
    case '!=':
      return !isEqual(left, right)
    case 'in':
      return isIn(left, right)
    case 'contains':
      return isContained(left, right)
    case '=~':
      return false
    default:
      return isOrdered(operator, left, right)
  }
}

/** Numbers among numbers (a text that spells one counts beside a number), texts among texts. */
function isOrdered(operator: '<' | '<=' | '>' | '>=', one: unknown, other: unknown): boolean {
  const [left, right] =
    typeof one === 'number' || typeof other === 'number'
      ? [numberOf(one), numberOf(other)]
      : [one, other]
  const areComparable =
    (typeof left === 'number' && typeof right === 'number') ||
    (typeof left === 'string' && typeof right === 'string')
  if (!areComparable) return false
  if (operator === '<') return left < right
  if (operator === '<=') return left <= right
  return operator === '>' ? left > right : left >= right
}

function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string' || value.trim() === '') return undefined
  const number = Number(value)
  return Number.isNaN(number) ? undefined : number
}

/** A number equals the text that spells it: JSON and headers disagree on types. */
function isEqual(left: unknown, right: unknown): boolean {
  if (typeof left === 'number' && typeof right === 'string') return left === numberOf(right)
  if (typeof left === 'string' && typeof right === 'number') return numberOf(left) === right
  return typeof left !== 'object' || left === null ? left === right : false
}

function isIn(left: unknown, right: unknown): boolean {
  if (Array.isArray(right))
    return right.some((item) => (isRange(item) ? isIn(left, item) : isEqual(left, item)))
  if (isRange(right)) return isOrdered('>=', left, right.from) && isOrdered('<=', left, right.to)
  return typeof right === 'string' && typeof left === 'string' && right.includes(left)
}

function isRange(value: unknown): value is Range {
  return typeof value === 'object' && value !== null && 'from' in value && 'to' in value
}

function isContained(left: unknown, right: unknown): boolean {
  if (typeof left !== 'string')
    return Array.isArray(left) && left.some((item) => isEqual(item, right))
  return ['string', 'number', 'boolean'].includes(typeof right) && left.includes(String(right))
}
