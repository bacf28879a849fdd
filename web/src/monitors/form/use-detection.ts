import { ref, type Ref } from 'vue'
import { DetectMonitorDocument } from '../../generated/operations.ts'
import { useApollo } from '../../lib/apollo/index.ts'
import { newDraft, type Draft } from './draft.ts'
import type { MonitorKind } from './setting-values.ts'

export interface Detection {
  isDetecting: Readonly<Ref<boolean>>
  /** What was given and means nothing to any kind. */
  unknownTarget: Ref<string | null>
  /** Answers a filled form for what was pasted, or null. */
  detect(target: string): Promise<Draft | null>
}

/** Lets the server tell what a pasted address is. */
export function useDetection(kindNamed: (name: string) => MonitorKind | undefined): Detection {
  const client = useApollo()
  const isDetecting = ref(false)
  const unknownTarget = ref<string | null>(null)

  async function detect(target: string): Promise<Draft | null> {
    isDetecting.value = true
    unknownTarget.value = null
    const { data } = await client
      .query({ query: DetectMonitorDocument, variables: { target } })
      .catch(() => ({ data: undefined }))
    isDetecting.value = false
    const suggestion = data?.detectMonitor
    const kind = suggestion && kindNamed(suggestion.kind)
    if (kind) return newDraft(kind, suggestion.settingValues, suggestion.name)
    unknownTarget.value = target
    return null
  }
  return { isDetecting, unknownTarget, detect }
}
