import type { FieldProblem } from '../../lib/app-error.ts'
import type { ConditionResult } from '../outcome.ts'
import { Budget, evaluate, type Facts } from './evaluate.ts'
import { type Condition, parseCondition, rootsOf } from './parse.ts'
import { ConditionSyntaxError } from './tokens.ts'

const MOST_REMEMBERED = 2_000
const remembered = new Map<string, Condition>()

/** Parsed conditions are remembered: they are judged far more often than they change. */
function parsed(line: string): Condition {
  const known = remembered.get(line)
  if (known) return known
  const condition = parseCondition(line)
  if (remembered.size >= MOST_REMEMBERED) remembered.clear()
  remembered.set(line, condition)
  return condition
}

/**
 * What is wrong with each line; the path of a problem is the line's index. `knownPaths` are what may be asked for,
 * as kinds declare it; without it every name is accepted.
 */
export function checkConditions(
  lines: readonly string[],
  knownPaths?: readonly string[],
): FieldProblem[] {
  const known = knownPaths && [
    ...new Set(knownPaths.map((path) => /^[\w$]+/.exec(path)?.[0] ?? '')),
  ]
  return lines.flatMap((line, index) => {
    try {
      const condition = parseCondition(line)
      const unknown = known && rootsOf(condition).find(({ name }) => !known.includes(name))
      if (!unknown) return []
      throw new ConditionSyntaxError(
        `There is nothing called "${unknown.name}" here; there is ${known.join(', ')}.`,
        unknown.at,
      )
    } catch (error) {
      if (!(error instanceof ConditionSyntaxError)) throw error
      const message = `Condition ${index + 1}, character ${error.at + 1}: ${error.message}`
      return [{ path: [String(index)], code: 'INVALID' as const, message }]
    }
  })
}

export interface Judgement {
  results: ConditionResult[]
  /** The worst that a failed line says; undefined when all hold. */
  failed: { verdict: 'DOWN' | 'DEGRADED'; message: string } | undefined
}

/** Judges all lines; every one must hold. */
export function judgeConditions(lines: readonly string[], facts: Facts): Judgement {
  const budget = new Budget()
  const conditions = lines.map(parsed)
  const results = conditions.map((condition) => evaluate(condition, facts, budget))
  const failed = (isDegraded: boolean): ConditionResult | undefined =>
    results.find((result, i) => !result.isPassed && conditions[i]!.isDegraded === isDegraded)
  const down = failed(false)
  const worst = down ?? failed(true)
  if (!worst) return { results, failed: undefined }
  const actual = worst.actual ? ` (${worst.actual})` : ''
  const message = `Condition failed: ${worst.expression.trim()}${actual}`
  return { results, failed: { verdict: down ? 'DOWN' : 'DEGRADED', message } }
}
