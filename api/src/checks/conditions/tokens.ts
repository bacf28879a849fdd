export interface Token {
  kind: 'number' | 'string' | 'name' | 'operator' | 'end'
  text: string
  /** Of a number: in its base unit (ms for durations, a ratio for per cent). */
  value?: number
  at: number
}

/** A condition that can't be read, and where. */
export class ConditionSyntaxError extends Error {
  override readonly name = 'ConditionSyntaxError'

  constructor(
    message: string,
    readonly at: number,
  ) {
    super(message)
  }
}

const UNITS: Record<string, number> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
}
const SPACE = /\s+/y
const NUMBER = /(\d+(?:\.\d+)?)(ms|s|m|h|d|%)?(?![A-Za-z0-9_])/y
const NAME = /[A-Za-z_$][A-Za-z0-9_]*/y
const OPERATOR = /\|\||&&|==|!=|<=|>=|=~|\.\.|[<>!()[\],.*-]/y
const STRING = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/y
const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r' }

function match(pattern: RegExp, line: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(line)
}

/** Splits a condition into tokens. Throws ConditionSyntaxError. */
export function tokenize(line: string): Token[] {
  const tokens: Token[] = []
  for (let at = 0; at < line.length;) {
    const space = match(SPACE, line, at)
    if (space) {
      at += space[0].length
      continue
    }
    const [token, length] = nextToken(line, at)
    tokens.push(token)
    at += length
  }
  tokens.push({ kind: 'end', text: '', at: line.length })
  return tokens
}

function nextToken(line: string, at: number): [Token, number] {
  const number = match(NUMBER, line, at)
  if (number) {
    const unit = number[2] ?? ''
    // Not times 0.01: 95 % must equal 0.95.
    const value = unit === '%' ? Number(number[1]) / 100 : Number(number[1]) * (UNITS[unit] ?? 1)
    return [{ kind: 'number', text: number[0], value, at }, number[0].length]
  }
  const string = match(STRING, line, at)
  if (string) {
    const raw = string[1] ?? string[2] ?? ''
    const text = raw.replace(/\\(.)/gs, (_, char: string) => ESCAPES[char] ?? char)
    return [{ kind: 'string', text, at }, string[0].length]
  }
  const name = match(NAME, line, at)
  if (name) return [{ kind: 'name', text: name[0], at }, name[0].length]
  const operator = match(OPERATOR, line, at)
  if (operator) return [{ kind: 'operator', text: operator[0], at }, operator[0].length]
  throw new ConditionSyntaxError(unexpected(line, at), at)
}

function unexpected(line: string, at: number): string {
  const char = String.fromCodePoint(line.codePointAt(at) ?? 32)
  if (char === '"' || char === "'") return 'This text has no closing quote.'
  if (char === '=') return 'Compare with ==.'
  if (/\d/.test(char)) return 'This number has an unknown unit; ms, s, m, h, d and % are known.'
  return `"${char}" is not expected here.`
}
