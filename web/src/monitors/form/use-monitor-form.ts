import { computed, ref, type ComputedRef, type Ref } from 'vue'
import { TestMonitorDocument, type TestMonitorMutation } from '../../generated/operations.ts'
import { useMutation } from '../../lib/apollo/index.ts'
import { checkDraft } from './draft-check.ts'
import { kindDraft, testInput, type Draft } from './draft.ts'
import type { MonitorKind } from './setting-values.ts'
import { useFormErrors, type FormErrorState } from './use-form-errors.ts'
import { useMonitorSave } from './use-monitor-save.ts'

const COMMON_FIELDS = [
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
export function useMonitorForm(context: FormContext) {
  const { draft, kindNamed } = context
  const kind = computed(() => kindNamed(draft.value.kind))
  const errorState = useFormErrors(() => fieldsOf(kind.value))
  const test = useTest(context, kind, errorState)
  const { save: saveDraft, isSaving } = useMonitorSave(context, errorState)

  function changeKind(name: string): void {
    const next = kindNamed(name)
    if (!next) return
    draft.value.kinds[name] ??= kindDraft(next)
    const isUntouched = draft.value.intervalSeconds === kind.value?.defaultIntervalSeconds
    if (isUntouched) draft.value.intervalSeconds = next.defaultIntervalSeconds
    draft.value.kind = name
    errorState.clear()
    test.result.value = null
  }

  /** Answers the id of the saved monitor, or null when it was refused. */
  async function save(): Promise<string | null> {
    const chosen = kind.value
    if (!chosen || !errorState.show(checkDraft(draft.value, chosen))) return null
    return saveDraft(chosen)
  }

  return { kind, errors: errorState.errors, ...test, isSaving, changeKind, save }
}

function useTest(
  { draft, stored }: FormContext,
  kind: ComputedRef<MonitorKind | undefined>,
  { show, accept }: FormErrorState,
) {
  const mutation = useMutation(TestMonitorDocument)
  const result = ref<TestMonitorMutation['testMonitor']['result']>(null)

  async function testNow(): Promise<void> {
    const chosen = kind.value
    if (!chosen) return
    // A test needs no name yet.
    const mistakes = checkDraft(draft.value, chosen).filter(({ field }) => field !== 'name')
    if (!show(mistakes)) return
    const input = testInput(draft.value, chosen, stored()?.id ?? null)
    const outcome = await mutation.mutate({ input })
    const payload = outcome.data?.testMonitor
    accept(outcome, payload?.userErrors)
    result.value = payload?.result ?? null
  }
  return { result, testNow, isTesting: mutation.isLoading }
}

function fieldsOf(kind: MonitorKind | undefined): Set<string> {
  return new Set([...COMMON_FIELDS, ...(kind?.fields ?? []).map(({ name }) => `settings.${name}`)])
}
