import type { ConditionResult } from '../outcome.ts'
import { compare } from './compare.ts'
import type { Condition, FunctionName, Node, PathStep } from './parse.ts'

/** What conditions may ask for, by name; `$` is the parsed body. */
export type Facts = Readonly<Record<string, unknown>>

const LONGEST_ACTUAL = 300
const LONGEST_VALUE = 120
const DEEPEST_SHOWN = 3
const MOST_SHOWN = 10
/** Steps of all conditions of one check together: at most 0.1 s. */
const MOST_STEPS = 100_000

/** A pattern takes up to 50 ns for each character and instruction: this many of them are one step. */
const PATTERN_PACE = 20

/** How much a check may still look at. */
export class Budget {
  private left = MOST_STEPS

  /** Throws when it is used up. */
  spend(steps: number): void {
    this.left -= steps
    if (this.left < 0) throw new BudgetExceeded()
  }
}

class BudgetExceeded extends Error {}

/** Judges one condition. Never throws; what is not there makes every comparison false, except in `has()`. */
export function evaluate(
  condition: Condition,
  facts: Facts,
  budget: Budget = new Budget(),
): ConditionResult {
  const evaluation = new Evaluation(facts, budget)
  const { expression } = condition
  try {
    const isPassed = isTrue(evaluation.valueOf(condition.root))
    return { expression, isPassed, actual: evaluation.actual() }
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
    return { expression, isPassed: false, actual: 'The answer is too large for this condition' }
  }
}

const isTrue = (value: unknown): boolean =>
  value === true ||
  (typeof value === 'number' && value !== 0) ||
  (typeof value === 'string' && value !== '')

class Evaluation {
  private readonly seen = new Map<string, string>()

  constructor(
    private readonly facts: Facts,
    private readonly budget: Budget,
  ) {}

  /** The values of everything that was looked at, as text. */
  actual(): string {
    return cut(
      [...this.seen].map(([text, value]) => `${text} = ${value}`).join('; '),
      LONGEST_ACTUAL,
    )
  }

  valueOf(node: Node, isShown = true): unknown {
    this.budget.spend(1)
    switch (node.kind) {
      case 'literal':
        return node.value
      case 'range':
        return { from: this.valueOf(node.from), to: this.valueOf(node.to) }
      case 'list':
        return node.items.map((item) => this.valueOf(item))
      case 'path':
        return this.shown(node.text, this.follow(this.rootOf(node.root), node.steps), isShown)
      case 'call':
        return this.shown(node.text, this.call(node), isShown)
      case 'not':
        return !isTrue(this.valueOf(node.operand, isShown))
      case 'logic':
        return this.logic(node, isShown)
      case 'compare':
        return this.compareNodes(node, isShown)
    }
  }

  private shown(text: string, value: unknown, isShown: boolean): unknown {
    if (isShown) this.seen.set(text, show(value))
    return value
  }

  private rootOf(name: string): unknown {
    return Object.hasOwn(this.facts, name) ? this.facts[name] : undefined
  }

  private logic(node: Extract<Node, { kind: 'logic' }>, isShown: boolean): boolean {
    const left = isTrue(this.valueOf(node.left, isShown))
    const isSettled = node.operator === '&&' ? !left : left
    return isSettled ? left : isTrue(this.valueOf(node.right, isShown))
  }

  private compareNodes(node: Extract<Node, { kind: 'compare' }>, isShown: boolean): boolean {
    const left = this.valueOf(node.left, isShown)
    if (node.pattern) {
      if (typeof left !== 'string') return false
      this.budget.spend(Math.ceil((left.length * node.pattern.programSize()) / PATTERN_PACE))
      return node.pattern.matcher(left).find()
    }
    const right = this.valueOf(node.right, isShown)
    if (left === undefined || right === undefined) return false
    this.budget.spend(sizeOf(left) + sizeOf(right))
    return compare(node.operator, left, right)
  }

  /** Own properties only: a path never reaches a prototype. */
  private follow(start: unknown, steps: readonly PathStep[]): unknown {
    let value = start
    for (const [index, step] of steps.entries()) {
      this.budget.spend(1)
      if (typeof step === 'object') {
        if (!Array.isArray(value)) return undefined
        const rest = steps.slice(index + 1)
        return value.map((item) => this.follow(item, rest))
      }
      value = child(value, step)
    }
    return value
  }

  private call(node: Extract<Node, { kind: 'call' }>): unknown {
    const [value, ...more] = node.args.map((arg) => this.valueOf(arg, false))
    this.budget.spend(sizeOf(value))
    return FUNCTIONS[node.name](value, more)
  }
}

const ifText = (value: unknown, run: (text: string) => unknown): unknown =>
  typeof value === 'string' ? run(value) : undefined
const ifList = (value: unknown, run: (list: unknown[]) => unknown): unknown =>
  Array.isArray(value) ? run(value) : undefined
/** An item equals the second argument; without one it must be true. */
const matching =
  (more: readonly unknown[]) =>
  (item: unknown): boolean =>
    more.length ? compare('==', item, more[0]) : isTrue(item)

const FUNCTIONS: Record<FunctionName, (value: unknown, more: readonly unknown[]) => unknown> = {
  has: (value) => value !== undefined && value !== null,
  len: lengthOf,
  lower: (value) => ifText(value, (text) => text.toLowerCase()),
  upper: (value) => ifText(value, (text) => text.toUpperCase()),
  date: (value) => ifText(value, timeOf),
  any: (value, more) => ifList(value, (list) => list.some(matching(more))),
  all: (value, more) => ifList(value, (list) => list.every(matching(more))),
  count: (value, more) => ifList(value, (list) => list.filter(matching(more)).length),
}

function child(value: unknown, step: string | number): unknown {
  if (typeof value !== 'object' || value === null) return undefined
  const key =
    typeof step === 'number' && step < 0 && Array.isArray(value) ? value.length + step : step
  // Enumerable ones only: the length of a list is not part of what was answered.
  const isThere = Object.prototype.propertyIsEnumerable.call(value, key)
  return isThere ? (value as Record<string | number, unknown>)[key] : undefined
}

/** What looking through a value costs. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Math.ceil(value.length / 1_000)
  return Array.isArray(value) ? value.length : 1
}

function timeOf(text: string): number | undefined {
  const time = Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}

function lengthOf(value: unknown): number | undefined {
  if (typeof value === 'string') return value.length
  if (Array.isArray(value)) return value.length
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined
}

function show(value: unknown, depth = 0): string {
  if (typeof value === 'number')
    return String(Number.isInteger(value) ? value : Math.round(value * 100) / 100)
  if (typeof value === 'string') return JSON.stringify(cut(value, LONGEST_VALUE))
  if (typeof value === 'object' && value !== null) return showItems(value, depth)
  return value === undefined ? 'nothing' : String(value)
}

function showItems(value: object, depth: number): string {
  if (depth >= DEEPEST_SHOWN) return '…'
  const isList = Array.isArray(value)
  const items = Object.entries(isList ? value.slice(0, MOST_SHOWN) : value)
    .slice(0, MOST_SHOWN)
    .map(([name, item]) => (isList ? '' : `${JSON.stringify(name)}:`) + show(item, depth + 1))
  const text = cut(items.join(','), LONGEST_VALUE)
  return isList ? `[${text}]` : `{${text}}`
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest - 1).toWellFormed()}…` : text
}
