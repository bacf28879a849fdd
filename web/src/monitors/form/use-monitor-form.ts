import { computed, ref, type Ref } from 'vue'
import { useI18n } from 'vue-i18n'
import {
  CreateMonitorDocument,
  TestMonitorDocument,
  UpdateMonitorDocument,
  type TestMonitorMutation,
} from '../../generated/operations.ts'
import { problemOf, useMutation, type MutationOutcome } from '../../lib/apollo/index.ts'
import { addToList } from '../list/whole-list.ts'
import { createInput, kindDraft, testInput, updateInput, type Draft } from './draft.ts'
import { checkDraft } from './draft-check.ts'
import { noErrors, sortErrors, type FormErrors, type GivenError } from './field-errors.ts'
import { keyPerInput } from './random-key.ts'
import type { MonitorKind } from './setting-values.ts'

export const COMMON_FIELDS = [
  'name',
  'intervalSeconds',
  'timeoutMs',
  'retryIntervalSeconds',
  'failAfter',
  'failForSeconds',
  'recoverAfter',
  'recoverForSeconds',
  'conditions',
] as const

export interface FormContext {
  draft: Ref<Draft>
  kindNamed(name: string): MonitorKind | undefined
  /** The stored monitor and the version that the form shows; null for a new one. */
  stored(): { id: string; version: number } | null
}

/** What the form does: change its kind, test, save. Whatever fails, what was typed stays. */
export function useMonitorForm({ draft, kindNamed, stored }: FormContext) {
  const create = useMutation(CreateMonitorDocument)
  const update = useMutation(UpdateMonitorDocument)
  const test = useMutation(TestMonitorDocument)
  const errors = ref<FormErrors>(noErrors)
  const result = ref<TestMonitorMutation['testMonitor']['result']>(null)
  const keyFor = keyPerInput()
  const { t } = useI18n()
  const kind = computed(() => kindNamed(draft.value.kind))
  const known = computed(
    () =>
      new Set<string>([
        ...COMMON_FIELDS,
        ...(kind.value?.fields ?? []).map(({ name }) => `settings.${name}`),
      ]),
  )

  /** Shows what is wrong; true when nothing is. */
  function accept(outcome: MutationOutcome<unknown>, given: readonly GivenError[] = []): boolean {
    errors.value = sortErrors(given, known.value)
    if (outcome.error) errors.value.rest.push(wordsOf(outcome.error))
    return !outcome.error && given.length === 0
  }

  function wordsOf(error: NonNullable<MutationOutcome<unknown>['error']>): string {
    const { kind: problem, message } = problemOf(error)
    return t(`monitors.form.problems.${problem}`, { message })
  }

  /** Shows what is plainly missing; true when the server may judge the rest. */
  function isSendable(chosen: MonitorKind, isTest: boolean): boolean {
    const mistakes = checkDraft(draft.value, chosen).filter(
      ({ field }) => !isTest || field !== 'name',
    )
    errors.value = {
      ...sortErrors([], known.value),
      fields: Object.fromEntries(
        mistakes.map(({ field, key, values }) => [
          field,
          t(`monitors.form.mistakes.${key}`, values),
        ]),
      ),
    }
    return mistakes.length === 0
  }

  function changeKind(name: string): void {
    const next = kindNamed(name)
    if (!next) return
    draft.value.kinds[name] ??= kindDraft(next)
    const previous = kind.value
    const isUntouched = draft.value.intervalSeconds === previous?.defaultIntervalSeconds
    if (isUntouched) draft.value.intervalSeconds = next.defaultIntervalSeconds
    draft.value.kind = name
    errors.value = noErrors
    result.value = null
  }

  async function testNow(): Promise<void> {
    if (!kind.value || !isSendable(kind.value, true)) return
    const input = testInput(draft.value, kind.value, stored()?.id ?? null)
    const outcome = await test.mutate({ input })
    const payload = outcome.data?.testMonitor
    accept(outcome, payload?.userErrors)
    result.value = payload?.result ?? null
  }

  /** Answers the id of the saved monitor, or null when it was refused. */
  async function save(): Promise<string | null> {
    if (!kind.value || !isSendable(kind.value, false)) return null
    const before = stored()
    return before ? saveChanges(kind.value, before) : saveNew(kind.value)
  }

  async function saveNew(chosen: MonitorKind): Promise<string | null> {
    const input = createInput(draft.value, chosen, keyFor([draft.value, chosen.kind]))
    const outcome = await create.mutate(
      { input },
      {
        update: (cache, { createMonitor }) =>
          createMonitor.monitor && addToList(cache, [createMonitor.monitor.id]),
      },
    )
    const payload = outcome.data?.createMonitor
    return accept(outcome, payload?.userErrors) ? (payload?.monitor?.id ?? null) : null
  }

  async function saveChanges(
    chosen: MonitorKind,
    before: { id: string; version: number },
  ): Promise<string | null> {
    const outcome = await update.mutate({ input: updateInput(draft.value, chosen, before) })
    const payload = outcome.data?.updateMonitor
    return accept(outcome, payload?.userErrors) ? (payload?.monitor?.id ?? null) : null
  }

  return {
    kind,
    errors,
    result,
    isTesting: test.isLoading,
    isSaving: computed(() => create.isLoading.value || update.isLoading.value),
    changeKind,
    testNow,
    save,
  }
}
