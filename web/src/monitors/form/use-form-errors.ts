import { ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { problemOf, type MutationOutcome } from '../../lib/apollo/index.ts'
import type { DraftMistake } from './draft-check.ts'
import { noErrors, sortErrors, type FormErrors, type GivenError } from './field-errors.ts'

export interface FormErrorState {
  errors: Ref<FormErrors>
  clear(): void
  /** Shows what the form itself finds wrong; true when that is nothing. */
  show(mistakes: readonly DraftMistake[]): boolean
  /** Shows what the server finds wrong; true when that is nothing. */
  accept(outcome: MutationOutcome<unknown>, given?: readonly GivenError[]): boolean
}

/** What is wrong with the form, at the fields that `known` names. */
export function useFormErrors(known: () => ReadonlySet<string>): FormErrorState {
  const { t } = useI18n()
  const errors = ref<FormErrors>(noErrors())

  function show(mistakes: readonly DraftMistake[]): boolean {
    const words = mistakes.map(({ field, key, values }) => [
      field,
      t(`monitors.form.mistakes.${key}`, values),
    ])
    errors.value = { ...noErrors(), fields: Object.fromEntries(words) as Record<string, string> }
    return mistakes.length === 0
  }
  function accept({ error }: MutationOutcome<unknown>, given: readonly GivenError[] = []): boolean {
    const sorted = sortErrors(given, known())
    if (error) {
      const { kind, message } = problemOf(error)
      sorted.rest.push(t(`monitors.form.problems.${kind}`, { message }))
    }
    errors.value = sorted
    return !error && given.length === 0
  }
  return { errors, clear: () => (errors.value = noErrors()), show, accept }
}
