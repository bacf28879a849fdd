import type { ConditionResult } from '../outcome.ts'
import type { Comparison, Condition, Node, PathStep } from './parse.ts'

/** What conditions may ask for, by name; `$` is the parsed body. */
export type Facts = Readonly<Record<string, unknown>>

const LONGEST_ACTUAL = 300
const LONGEST_SUBJECT = 100_000
const MOST_SEEN = 1_000

/** Judges one condition. Never throws; what is not there makes every comparison false, except in `has()`. */
export function evaluate(condition: Condition, facts: Facts): ConditionResult {
  const isPassed = isTrue(valueOf(condition.root, facts))
  const seen = new Map<string, string>()
  collect(condition.root, facts, seen)
  const actual = [...seen].map(([text, value]) => `${text} = ${value}`).join('; ')
  return { expression: condition.expression, isPassed, actual: cut(actual, LONGEST_ACTUAL) }
}

const isTrue = (value: unknown): boolean =>
  value === true ||
  (typeof value === 'number' && value !== 0) ||
  (typeof value === 'string' && value !== '')

function valueOf(node: Node, facts: Facts): unknown {
  switch (node.kind) {
    case 'literal':
      return node.value
    case 'range':
      return { from: valueOf(node.from, facts), to: valueOf(node.to, facts) }
    case 'list':
      return node.items.map((item) => valueOf(item, facts))
    case 'path':
      return follow(Object.hasOwn(facts, node.root) ? facts[node.root] : undefined, node.steps)
    case 'call':
      return call(node, facts)
    case 'not':
      return !isTrue(valueOf(node.operand, facts))
    case 'logic':
      return node.operator === '&&'
        ? isTrue(valueOf(node.left, facts)) && isTrue(valueOf(node.right, facts))
        : isTrue(valueOf(node.left, facts)) || isTrue(valueOf(node.right, facts))
    case 'compare':
      return compareNodes(node, facts)
  }
}

function compareNodes(node: Extract<Node, { kind: 'compare' }>, facts: Facts): boolean {
  const left = valueOf(node.left, facts)
  if (left === undefined) return false
  if (node.pattern)
    return typeof left === 'string' && node.pattern.matcher(left.slice(0, LONGEST_SUBJECT)).find()
  const right = valueOf(node.right, facts)
  return right !== undefined && compare(node.operator, left, right)
}

/** Own properties only: a path never reaches a prototype. */
function follow(value: unknown, steps: readonly PathStep[]): unknown {
  const [step, ...rest] = steps
  if (step === undefined) return value
  if (typeof value !== 'object' || value === null) return undefined
  if (typeof step === 'object')
    return Array.isArray(value)
      ? value.slice(0, MOST_SEEN).map((item) => follow(item, rest))
      : undefined
  const key =
    typeof step === 'number' && step < 0 && Array.isArray(value) ? value.length + step : step
  return Object.hasOwn(value, key)
    ? follow((value as Record<string | number, unknown>)[key], rest)
    : undefined
}

function compare(operator: Comparison, left: unknown, right: unknown): boolean {
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
      return compareOrder(operator, left, right)
  }
}

function compareOrder(operator: '<' | '<=' | '>' | '>=', left: unknown, right: unknown): boolean {
  const areComparable =
    (typeof left === 'number' && typeof right === 'number') ||
    (typeof left === 'string' && typeof right === 'string')
  if (!areComparable) return false
  if (operator === '<') return left < right
  if (operator === '<=') return left <= right
  return operator === '>' ? left > right : left >= right
}

/** A number equals the text that spells it: JSON and headers disagree on types. */
function isEqual(left: unknown, right: unknown): boolean {
  if (typeof left === 'number' && typeof right === 'string')
    return right.trim() !== '' && left === Number(right)
  if (typeof left === 'string' && typeof right === 'number')
    return left.trim() !== '' && Number(left) === right
  if (typeof left === 'object' && left !== null)
    return JSON.stringify(left) === JSON.stringify(right)
  return left === right
}

function isIn(left: unknown, right: unknown): boolean {
  if (Array.isArray(right))
    return right.some((item) => (isRange(item) ? isIn(left, item) : isEqual(left, item)))
  if (!isRange(right))
    return typeof right === 'string' && typeof left === 'string' && right.includes(left)
  return compareOrder('>=', left, right.from) && compareOrder('<=', left, right.to)
}

function isRange(value: unknown): value is { from: unknown; to: unknown } {
  return typeof value === 'object' && value !== null && Object.keys(value).join() === 'from,to'
}

function isContained(left: unknown, right: unknown): boolean {
  if (typeof left === 'string') return left.includes(String(right))
  return Array.isArray(left) && left.some((item) => isEqual(item, right))
}

function call(node: Extract<Node, { kind: 'call' }>, facts: Facts): unknown {
  const [value, wanted] = node.args.map((arg) => valueOf(arg, facts))
  const matches = (item: unknown): boolean =>
    node.args.length === 2 ? isEqual(item, wanted) : isTrue(item)
  switch (node.name) {
    case 'has':
      return value !== undefined && value !== null
    case 'len':
      return lengthOf(value)
    case 'lower':
      return typeof value === 'string' ? value.toLowerCase() : undefined
    case 'upper':
      return typeof value === 'string' ? value.toUpperCase() : undefined
    case 'date':
      return typeof value === 'string' && !Number.isNaN(Date.parse(value))
        ? Date.parse(value)
        : undefined
    case 'any':
      return Array.isArray(value) ? value.some(matches) : undefined
    case 'all':
      return Array.isArray(value) ? value.every(matches) : undefined
    case 'count':
      return Array.isArray(value) ? value.filter(matches).length : undefined
  }
}

function lengthOf(value: unknown): number | undefined {
  if (typeof value === 'string') return [...value.slice(0, LONGEST_SUBJECT)].length
  if (Array.isArray(value)) return value.length
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined
}

/** The values of everything that the condition looks at. */
function collect(node: Node, facts: Facts, seen: Map<string, string>): void {
  switch (node.kind) {
    case 'path':
    case 'call':
      seen.set(node.text, show(valueOf(node, facts)))
      break
    case 'not':
      collect(node.operand, facts, seen)
      break
    case 'logic':
    case 'compare':
      collect(node.left, facts, seen)
      collect(node.right, facts, seen)
      break
    case 'list':
      for (const item of node.items) collect(item, facts, seen)
      break
    case 'literal':
    case 'range':
      break
  }
}

function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'number' && !Number.isInteger(value))
    return String(Math.round(value * 100) / 100)
  return cut(JSON.stringify(value) ?? 'nothing', LONGEST_ACTUAL)
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1).toWellFormed()}…` : text
}
