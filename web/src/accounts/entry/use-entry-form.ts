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
  const form = ref<HTMLFormElement | null>(null)
  const errors = reactive<Record<string, string>>({}) as Partial<Record<F, string>>
  const rest = ref<string[]>([])
  const { wait, wordsOf } = useProblemWords(rest)

  /** Shows these errors and no others. */
  function put(found: Partial<Record<F, string | false | undefined>>, others: string[]): void {
    rest.value = others
    for (const field of fields) {
      const message: string | false | undefined = found[field]
      if (message) errors[field] = message
      else delete errors[field]
    }
    void nextTick(() => form.value?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }
  function check(found: Partial<Record<F, string | false | undefined>>): boolean {
    put(found, [])
    return Object.keys(errors).length === 0
  }
  function showErrors(list: readonly GivenError[]): void {
    const others = list.filter(({ path }) => !fields.some((field) => field === path[0]))
    put(
      firstOfEach(list),
      others.map(({ message }) => message),
    )
  }
  const showProblem = (problem: Problem) => put({}, [wordsOf(problem)])
  const accept = ({ error }: MutationOutcome<unknown>, list: readonly GivenError[] = []) => {
    if (error) showProblem(problemOf(error))
    else showErrors(list)
    return !error && list.length === 0
  }
  const clear = () => put({}, [])
  for (const field of fields) onChange(given, field, () => delete errors[field])
  return { form, errors, rest, wait, clear, check, showErrors, showProblem, accept }
}

function onChange<F extends string>(
  given: Readonly<Partial<Record<F, string>>> | undefined,
  field: F,
  run: () => void,
): void {
  if (given) watch(() => given[field], run)
}

/** A field shows the first of its errors. */
function firstOfEach<F extends string>(list: readonly GivenError[]): Partial<Record<F, string>> {
  const errors = list.toReversed().map(({ path, message }) => [path[0], message])
  return Object.fromEntries(errors) as Partial<Record<F, string>>
}

/** What a failed request means in words; one that was too early also begins the wait. */
function useProblemWords(rest: Ref<string[]>) {
  const { t } = useI18n()
  const wait = useWait()
  watch(wait.secondsLeft, (left, before) => {
    if (left === 0 && before > 0) rest.value = []
  })
  return {
    wait,
    wordsOf({ code, kind, message, retryAfterSeconds }: Problem): string {
      if (code !== 'LIMIT') return t(`accounts.entry.problems.${kind}`, { message })
      wait.begin(retryAfterSeconds ?? WAIT_SECONDS)
      return t('accounts.entry.limited')
    },
  }
}
