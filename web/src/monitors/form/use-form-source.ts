import { computed, ref, watch } from 'vue'
import {
  DetectMonitorDocument,
  MonitorForEditDocument,
  MonitorKindsDocument,
} from '../../generated/operations.ts'
import { problemOf, useApollo, useQuery } from '../../lib/apollo/index.ts'
import { draftOf, newDraft, type Draft } from './draft.ts'
import type { MonitorKind } from './setting-values.ts'

export interface FormStart {
  /** A stored monitor to edit; null for a new one. */
  monitorId: string | null
  /** What was pasted, or the chosen kind, for a new one. */
  target: () => string
  kind: () => string
}

/** Where the form's first values come from: the stored monitor, what was pasted, or a kind's defaults. */
export function useFormSource({ monitorId, target, kind }: FormStart) {
  const client = useApollo()
  const kinds = useQuery(MonitorKindsDocument, {})
  const stored = useQuery(
    MonitorForEditDocument,
    { id: monitorId ?? '' },
    { isSkipped: monitorId === null, fetchPolicy: 'network-only' },
  )
  const draft = ref<Draft | null>(null)
  const isDetecting = ref(false)
  /** What was pasted and means nothing to any kind. */
  const unknownTarget = ref<string | null>(null)
  const allKinds = computed(() => kinds.data.value?.monitorKinds ?? [])
  const kindNamed = (name: string): MonitorKind | undefined =>
    allKinds.value.find((each) => each.kind === name)

  async function detect(text: string): Promise<void> {
    isDetecting.value = true
    unknownTarget.value = null
    const { data } = await client
      .query({ query: DetectMonitorDocument, variables: { target: text } })
      .catch(() => ({ data: undefined }))
    isDetecting.value = false
    const suggestion = data?.detectMonitor
    const found = suggestion && kindNamed(suggestion.kind)
    if (found) draft.value = newDraft(found, suggestion.settingValues, suggestion.name)
    else unknownTarget.value = text
  }

  async function begin(): Promise<void> {
    if (draft.value || allKinds.value.length === 0) return
    const monitor = stored.data.value?.monitor
    const chosen = kindNamed(monitor?.kind ?? kind())
    if (monitor && chosen) draft.value = draftOf(monitor, chosen)
    else if (monitorId === null && target()) await detect(target())
    else if (monitorId === null && chosen) draft.value = newDraft(chosen)
  }
  watch([allKinds, () => stored.data.value, target, kind], begin, { immediate: true })

  const error = computed(() => kinds.error.value ?? stored.error.value)
  return {
    kinds: allKinds,
    kindNamed,
    stored: computed(() => stored.data.value?.monitor ?? null),
    draft,
    isDetecting,
    unknownTarget,
    isLoading: computed(() => kinds.isLoading.value || stored.isLoading.value),
    problem: computed(() => (error.value ? problemOf(error.value) : null)),
    /** Reads the stored monitor again and begins anew from it. */
    async reload(): Promise<void> {
      if (kinds.error.value) await kinds.refetch()
      if (monitorId !== null) await stored.refetch()
      draft.value = null
      await begin()
    },
  }
}
