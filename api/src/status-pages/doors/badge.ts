import type { ComponentStatus } from '../../components/index.ts'
import { AppError, type FieldProblem } from '../../lib/app-error.ts'
import { oneLine } from './markup.ts'
import { STATE_COLOURS, STATE_WORDS } from './status-words.ts'

export const BADGE_STYLES = ['flat', 'flat-square', 'for-the-badge'] as const
export type BadgeStyle = (typeof BADGE_STYLES)[number]

/** What a badge says, and how. */
export interface Badge {
  /** What stands left; empty: nothing. */
  label: string
  message: string
  colour: string
  style: BadgeStyle
  isBad: boolean
}

export interface BadgeWishes {
  label?: string
  style?: BadgeStyle
}

const LONGEST_LABEL = 100
/** What we chose to put there ourselves may be longer than what fits. */
const LONGEST_SHOWN = 60

/** Reads `?label=&style=`. Throws INVALID for what is neither; other names are not ours. */
export function readBadgeWishes(query: Readonly<Record<string, unknown>>): BadgeWishes {
  const { label, style } = query
  const problems = [labelProblem(label), styleProblem(style)].filter((one) => one !== undefined)
  if (problems.length) throw AppError.invalid(problems)
  return {
    ...(label === undefined ? {} : { label: oneLine(label as string) }),
    ...(style === undefined ? {} : { style: style as BadgeStyle }),
  }
}

function labelProblem(label: unknown): FieldProblem | undefined {
  if (label === undefined) return undefined
  if (typeof label === 'string' && label.length <= LONGEST_LABEL) return undefined
  const message = `label is given once, with at most ${LONGEST_LABEL} characters.`
  return { path: ['label'], code: 'INVALID', message }
}

function styleProblem(style: unknown): FieldProblem | undefined {
  if (style === undefined || BADGE_STYLES.some((one) => one === style)) return undefined
  return {
    path: ['style'],
    code: 'INVALID',
    message: `style is one of ${BADGE_STYLES.join(', ')}.`,
  }
}

export function badgeOf(name: string, status: ComponentStatus, wishes: BadgeWishes = {}): Badge {
  return {
    label: wishes.label ?? shortened(oneLine(name)),
    message: STATE_WORDS[status],
    colour: STATE_COLOURS[status],
    style: wishes.style ?? 'flat',
    isBad: status === 'MAJOR_OUTAGE' || status === 'PARTIAL_OUTAGE',
  }
}

/** The same for what does not exist and for what is not told. */
export function missingBadge({ style = 'flat' }: BadgeWishes = {}): Badge {
  const colour = STATE_COLOURS.UNKNOWN
  return { label: 'status', message: 'not found', colour, style, isBad: true }
}

function shortened(text: string): string {
  const letters = [...text]
  return letters.length > LONGEST_SHOWN ? `${letters.slice(0, LONGEST_SHOWN - 1).join('')}…` : text
}

const CACHE_SECONDS = 300

/** The answer of a shields endpoint. */
export function shieldsBadge({ label, message, colour, style, isBad }: Badge): object {
  return {
    ...{ schemaVersion: 1, label, message, color: colour, style },
    ...{ isError: isBad, cacheSeconds: CACHE_SECONDS },
  }
}
