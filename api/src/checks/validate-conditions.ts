import type { FieldProblem } from '../lib/app-error.ts'
import { checkConditions } from './conditions/conditions.ts'
import { kindOf } from './kind-of.ts'
import { checkKinds } from './kinds/index.ts'

/**
 * What is wrong with the lines of a monitor's conditions; the path of a problem is the line's index. With a kind only
 * what that kind finds may be asked for, without one what any kind finds.
 */
export function validateConditions(lines: readonly string[], kind?: string): FieldProblem[] {
  const known = kind === undefined ? undefined : kindOf(kind)
  const paths = known ? known.conditionPaths : checkKinds.flatMap((one) => one.conditionPaths)
  return checkConditions(lines, paths)
}
