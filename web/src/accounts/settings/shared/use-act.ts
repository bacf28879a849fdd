import type { OperationVariables, TypedDocumentNode } from '@apollo/client'
import { useI18n } from 'vue-i18n'
import {
  problemOf,
  runMutation,
  useApollo,
  type MutationOptions,
  type Problem,
} from '../../../lib/apollo/index.ts'
import type { GivenError } from '../../entry/use-entry-form.ts'

interface Refusable {
  userErrors: readonly GivenError[]
}

/** What a mutation with one root field has answered; `failure` says in words why it did nothing. */
export interface ActOutcome<P> {
  payload: P | undefined
  failure: string | null
}

/** What a failed request means in words. */
export function useProblemWords(): (problem: Problem) => string {
  const { t } = useI18n()
  return ({ code, kind, message }) =>
    code === 'LIMIT'
      ? t('accounts.entry.limited')
      : t(`accounts.entry.problems.${kind}`, { message })
}

/** Mutations of a button, where no form shows the errors. */
export function useAct() {
  const client = useApollo()
  const wordsOf = useProblemWords()
  return async function act<D extends Record<keyof D, Refusable>, V extends OperationVariables>(
    document: TypedDocumentNode<D, V>,
    variables: V,
    options: MutationOptions<D> = {},
  ): Promise<ActOutcome<D[keyof D]>> {
    const { data, error } = await runMutation(client, document, variables, options)
    if (error || !data) {
      return { payload: undefined, failure: error ? wordsOf(problemOf(error)) : '' }
    }
    const [payload] = Object.values(data) as D[keyof D][]
    return { payload, failure: payload?.userErrors[0]?.message ?? null }
  }
}
