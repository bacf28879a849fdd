import { computed, ref, watch } from 'vue'
import { MonitorForEditDocument, MonitorKindsDocument } from '../../generated/operations.ts'
import { problemOf, useQuery } from '../../lib/apollo/index.ts'
import { draftOf, newDraft, type Draft } from './draft.ts'
import type { MonitorKind } from './setting-values.ts'
import { useDetection } from './use-detection.ts'

export interface FormStart {
  /** A stored monitor to edit; null for a new one. */
  monitorId: string | null
  /** What was pasted, or the chosen kind, for a new one. */
  target: () => string
  kind: () => string
}

/** Where the form's first values come from: the stored monitor, what was pasted, or a kind's defaults. */
export function useFormSource(start: FormStart) {
  const { kinds, stored, problem, isLoading, refetch } = useFormQueries(start.monitorId)
  const kindNamed = (name: string): MonitorKind | undefined =>
    kinds.value.find((each) => each.kind === name)
  const detection = useDetection(kindNamed)
  const draft = ref<Draft | null>(null)

  function draftOfStored(): Draft | null {
    const kind = stored.value && kindNamed(stored.value.kind)
    return stored.value && kind ? draftOf(stored.value, kind) : null
  }
  async function newOne(): Promise<Draft | null> {
    if (start.target()) return detection.detect(start.target())
    const kind = kindNamed(start.kind())
    return kind ? newDraft(kind) : null
  }
  async function begin(): Promise<void> {
    if (draft.value || kinds.value.length === 0) return
    draft.value = start.monitorId === null ? await newOne() : draftOfStored()
  }
  watch([kinds, stored, start.target, start.kind], begin, { immediate: true })

  return {
    ...detection,
    kinds,
    kindNamed,
    stored,
    draft,
    isLoading,
    problem,
    /** Reads the stored monitor again and begins anew from it. */
    async reload(): Promise<void> {
      await refetch()
      draft.value = null
      await begin()
    },
  }
}

function useFormQueries(monitorId: string | null) {
  const kinds = useQuery(MonitorKindsDocument, {})
  const stored = useQuery(
    MonitorForEditDocument,
    { id: monitorId ?? '' },
    { isSkipped: monitorId === null, fetchPolicy: 'network-only' },
  )
  const error = computed(() => kinds.error.value ?? stored.error.value)
  return {
    kinds: computed(() => kinds.data.value?.monitorKinds ?? []),
    stored: computed(() => stored.data.value?.monitor ?? null),
    problem: computed(() => (error.value ? problemOf(error.value) : null)),
    isLoading: computed(() => kinds.isLoading.value || stored.isLoading.value),
    async refetch(): Promise<void> {
      if (kinds.error.value) await kinds.refetch()
      if (monitorId !== null) await stored.refetch()
    },
  }
}
