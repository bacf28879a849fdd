import type { ErrorLike } from '@apollo/client'
import { useI18n } from 'vue-i18n'
import { problemOf } from '../../lib/apollo/index.ts'

export type ProblemWords = (error: ErrorLike) => string

/** What a failed request means in words. */
export function useProblemWords(): ProblemWords {
  const { t } = useI18n()
  return (error) => {
    const { kind, message } = problemOf(error)
    return t(`status-pages.problems.${kind}`, { message })
  }
}
