import { nextTick, reactive, ref, watch, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { problemOf, type MutationOutcome, type Problem } from '../../lib/apollo/index.ts'
import { useWait, type Wait } from './wait.ts'

export interface GivenError {
  path: readonly string[]
  message: string
}

export interface EntryForm<F extends string> {
  /** Bind it to the form: the first wrong field gets the focus. */
  form: Ref<HTMLFormElement | null>
  errors: Partial<Record<F, string>>
  /** What concerns no single field. */
  rest: Ref<string[]>
  wait: Wait
  clear(): void
  /** Shows what the form itself finds wrong; true when that is nothing. */
  check(found: Partial<Record<F, string | false | undefined>>): boolean
  showErrors(given: readonly GivenError[]): void
  showProblem(problem: Problem): void
  /** Shows what the server finds wrong; true when that is nothing. */
  accept(outcome: MutationOutcome<unknown>, given?: readonly GivenError[]): boolean
}

const WAIT_SECONDS = 30

/** What is wrong with a form of the entry, at the fields that it names. What is typed anew is no longer wrong. */
export function useEntryForm<F extends string>(
  fields: readonly F[],
  given?: Readonly<Partial<Record<F, string>>>,
): EntryForm<F> {
  const { t } = useI18n()
  const form = ref<HTMLFormElement | null>(null)
  const errors = reactive<Record<string, string>>({}) as Partial<Record<F, string>>
  const rest = ref<string[]>([])
  const wait = useWait()

  function clear(): void {
    for (const field of fields) delete errors[field]
    rest.value = []
  }
  function check(found: Partial<Record<F, string | false | undefined>>): boolean {
    clear()
    for (const field of fields) {
      const message: string | false | undefined = found[field]
      if (message) errors[field] = message
    }
    focusFirst()
    return Object.keys(errors).length === 0
  }
  function showErrors(given: readonly GivenError[]): void {
    clear()
    for (const { path, message } of given) {
      const field = fields.find((each) => each === path[0])
      if (field) errors[field] ??= message
      else rest.value.push(message)
    }
    focusFirst()
  }
  function showProblem(problem: Problem): void {
    clear()
    if (problem.code === 'LIMIT') {
      wait.begin(problem.retryAfterSeconds ?? WAIT_SECONDS)
      rest.value = [t('accounts.entry.limited')]
    } else {
      rest.value = [t(`accounts.entry.problems.${problem.kind}`, { message: problem.message })]
    }
  }
  function accept({ error }: MutationOutcome<unknown>, given: readonly GivenError[] = []) {
    if (error) showProblem(problemOf(error))
    else showErrors(given)
    return !error && given.length === 0
  }
  function focusFirst(): void {
    void nextTick(() => form.value?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  for (const field of fields)
    watch(
      () => given?.[field],
      () => delete errors[field],
    )
  watch(wait.secondsLeft, (left, before) => {
    if (left === 0 && before > 0) rest.value = []
  })
  return { form, errors, rest, wait, clear, check, showErrors, showProblem, accept }
}
