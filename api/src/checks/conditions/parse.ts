import { RE2JS } from 're2js'
import { ConditionSyntaxError, type Token, tokenize } from './tokens.ts'

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '=~' | 'contains'
export const FUNCTIONS = ['len', 'lower', 'upper', 'has', 'any', 'all', 'count', 'date'] as const
export type FunctionName = (typeof FUNCTIONS)[number]
/** One step of a path: a name, an index, or every element. */
export type PathStep = string | number | { every: true }

export type Node =
  | { kind: 'literal'; value: string | number | boolean | null }
  | { kind: 'range'; from: Node; to: Node }
  | { kind: 'list'; items: Node[] }
  | { kind: 'path'; root: string; steps: PathStep[]; text: string; at: number }
  | { kind: 'call'; name: FunctionName; args: Node[]; text: string }
  | { kind: 'not'; operand: Node }
  | { kind: 'logic'; operator: '&&' | '||'; left: Node; right: Node }
  | { kind: 'compare'; operator: Comparison; left: Node; right: Node; pattern?: RE2JS }

export interface Condition {
  /** As written. */
  expression: string
  /** When it fails the verdict is DEGRADED instead of DOWN. */
  isDegraded: boolean
  root: Node
}

const BINDING: Record<string, number> = {
  '||': 1,
  '&&': 2,
  '==': 3,
  '!=': 3,
  '<': 3,
  '<=': 3,
  '>': 3,
  '>=': 3,
  in: 3,
  '=~': 3,
  contains: 3,
  '..': 4,
}
const MOST_NODES = 200
const DEEPEST = 32
/** Instructions of a compiled pattern. */
const LARGEST_PATTERN = 500
const PREFIX = /^\s*degraded\s*:/
const CONSTANTS: Record<string, boolean | null> = { true: true, false: false, null: null }

/** Reads one condition. Throws ConditionSyntaxError. */
export function parseCondition(expression: string): Condition {
  const prefix = PREFIX.exec(expression)?.[0] ?? ''
  const parser = new Parser(expression.slice(prefix.length), prefix.length)
  return { expression, isDegraded: prefix !== '', root: parser.whole() }
}

/** The names that a condition asks for, and where. */
export function rootsOf({ root }: Condition): { name: string; at: number }[] {
  return pathsOf(root).map((path) => ({ name: path.root, at: path.at }))
}

function pathsOf(node: Node): Extract<Node, { kind: 'path' }>[] {
  switch (node.kind) {
    case 'literal':
      return []
    case 'path':
      return [node]
    case 'not':
      return pathsOf(node.operand)
    case 'range':
      return [node.from, node.to].flatMap(pathsOf)
    case 'list':
      return node.items.flatMap(pathsOf)
    case 'call':
      return node.args.flatMap(pathsOf)
    case 'logic':
    case 'compare':
      return [node.left, node.right].flatMap(pathsOf)
  }
}

/** A Pratt parser with a budget of nodes and a bound on depth. */
class Parser {
  private readonly tokens: Token[]
  private position = 0
  private nodes = 0
  private depth = 0

  constructor(
    private readonly line: string,
    private readonly offset: number,
  ) {
    try {
      this.tokens = tokenize(line)
    } catch (error) {
      if (error instanceof ConditionSyntaxError)
        throw new ConditionSyntaxError(error.message, error.at + offset)
      throw error
    }
  }

  whole(): Node {
    if (this.peek().kind === 'end') this.fail('There is no condition here.')
    const node = this.expression(0)
    if (this.peek().kind !== 'end') this.fail(`"${this.peek().text}" is not expected here.`)
    return node
  }

  private peek(): Token {
    return this.tokens[this.position]!
  }

  private take(): Token {
    return this.tokens[this.position++]!
  }

  private fail(message: string, at = this.peek().at): never {
    throw new ConditionSyntaxError(message, at + this.offset)
  }

  private is(text: string): boolean {
    const { kind, text: found } = this.peek()
    return found === text && (kind === 'operator' || kind === 'name')
  }

  private expect(text: string): void {
    if (!this.is(text)) this.fail(`"${text}" is missing here.`)
    this.position++
  }

  private count(): void {
    if (++this.nodes > MOST_NODES) this.fail('This condition is too long.')
  }

  private expression(least: number): Node {
    if (++this.depth > DEEPEST) this.fail('This condition is nested too deeply.')
    let left = this.prefix()
    for (;;) {
      const operator = this.infixOperator()
      const binding = operator === undefined ? 0 : BINDING[operator]!
      if (operator === undefined || binding <= least) break
      const at = this.take().at
      left = this.combine(operator, left, this.expression(binding), at)
    }
    this.depth--
    return left
  }

  private infixOperator(): string | undefined {
    const { kind, text } = this.peek()
    const canBe = kind === 'operator' || (kind === 'name' && (text === 'in' || text === 'contains'))
    return canBe && Object.hasOwn(BINDING, text) ? text : undefined
  }

  private combine(operator: string, left: Node, right: Node, at: number): Node {
    this.count()
    if (operator === '||' || operator === '&&') return { kind: 'logic', operator, left, right }
    if (operator === '..') return { kind: 'range', from: left, to: right }
    if (left.kind === 'compare') this.fail('Comparisons can’t be chained; join them with &&.', at)
    const compare: Node = { kind: 'compare', operator: operator as Comparison, left, right }
    return operator === '=~' ? { ...compare, pattern: this.pattern(right, at) } : compare
  }

  private pattern(node: Node, at: number): RE2JS {
    if (node.kind !== 'literal' || typeof node.value !== 'string')
      this.fail('=~ needs a pattern in quotes.', at)
    const pattern = this.compile(node.value, at)
    if (pattern.programSize() > LARGEST_PATTERN) this.fail('This pattern is too large.', at)
    return pattern
  }

  private compile(pattern: string, at: number): RE2JS {
    try {
      return RE2JS.compile(pattern)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      return this.fail(`This is not a pattern: ${reason}.`, at)
    }
  }

  private prefix(): Node {
    this.count()
    const token = this.take()
    if (token.kind === 'number') return { kind: 'literal', value: token.value! }
    if (token.kind === 'string') return { kind: 'literal', value: token.text }
    if (token.kind === 'name') return this.name(token)
    if (token.kind === 'operator') return this.prefixOperator(token)
    return this.fail('Something is missing at the end.', token.at)
  }

  private prefixOperator(token: Token): Node {
    if (token.text === '!') return { kind: 'not', operand: this.expression(5) }
    if (token.text === '-' && this.peek().kind === 'number')
      return { kind: 'literal', value: -this.take().value! }
    if (token.text === '[') return { kind: 'list', items: this.items(']') }
    if (token.text !== '(') this.fail(`"${token.text}" is not expected here.`, token.at)
    const inner = this.expression(0)
    this.expect(')')
    return inner
  }

  private items(closing: string): Node[] {
    const items: Node[] = []
    while (!this.is(closing)) {
      items.push(this.expression(0))
      if (!this.is(closing)) this.expect(',')
    }
    this.expect(closing)
    return items
  }

  private name(token: Token): Node {
    if (Object.hasOwn(CONSTANTS, token.text))
      return { kind: 'literal', value: CONSTANTS[token.text]! }
    if (this.is('(')) return this.call(token)
    const steps: PathStep[] = []
    while (this.is('.') || this.is('[')) steps.push(this.step())
    return {
      kind: 'path',
      root: token.text,
      steps,
      text: this.textSince(token),
      at: token.at + this.offset,
    }
  }

  private call(token: Token): Node {
    const name = FUNCTIONS.find((one) => one === token.text)
    if (!name)
      this.fail(`There is no function ${token.text}; there are ${FUNCTIONS.join(', ')}.`, token.at)
    this.expect('(')
    const args = this.items(')')
    const most = name === 'any' || name === 'all' || name === 'count' ? 2 : 1
    if (args.length < 1 || args.length > most)
      this.fail(`${name} takes ${most === 1 ? 'one value' : 'one or two values'}.`, token.at)
    return { kind: 'call', name, args, text: this.textSince(token) }
  }

  private step(): PathStep {
    this.count()
    const isDot = this.take().text === '.'
    const token = this.take()
    if (isDot) {
      if (token.kind !== 'name') this.fail('A name is missing after the dot.', token.at)
      return token.text
    }
    const step = this.index(token)
    this.expect(']')
    return step
  }

  private index(token: Token): PathStep {
    if (token.kind === 'string') return token.text
    if (token.kind === 'number' && Number.isInteger(token.value)) return token.value!
    if (token.kind === 'operator' && token.text === '*') return { every: true }
    if (token.kind === 'operator' && token.text === '-' && this.peek().kind === 'number')
      return -this.take().value!
    return this.fail('In brackets stands a number, a name in quotes, or *.', token.at)
  }

  /** The text from a token to the last one taken, as the person wrote it. */
  private textSince(token: Token): string {
    return this.line.slice(token.at, this.peek().at).trim()
  }
}
