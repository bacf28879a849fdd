import { computed, type ComputedRef } from 'vue'
import { CreateMonitorDocument, UpdateMonitorDocument } from '../../generated/operations.ts'
import { useMutation } from '../../lib/apollo/index.ts'
import { addToList } from '../list/whole-list.ts'
import { createInput, updateInput } from './draft.ts'
import { keyPerInput } from '../../lib/key-per-input.ts'
import type { MonitorKind } from './setting-values.ts'
import type { FormErrorState } from './use-form-errors.ts'
import type { FormContext } from './use-monitor-form.ts'

/** Creates or updates; `save` answers the monitor's id, or null when it was refused. */
export function useMonitorSave(
  { draft, stored }: Pick<FormContext, 'draft' | 'stored'>,
  { accept }: Pick<FormErrorState, 'accept'>,
): { save(kind: MonitorKind): Promise<string | null>; isSaving: ComputedRef<boolean> } {
  const creation = useMutation(CreateMonitorDocument)
  const edit = useMutation(UpdateMonitorDocument)
  const keyFor = keyPerInput()

  async function create(kind: MonitorKind): Promise<string | null> {
    const input = createInput(draft.value, kind, keyFor([draft.value, kind.kind]))
    const outcome = await creation.mutate(
      { input },
      {
        update: (cache, { createMonitor }) =>
          createMonitor.monitor && addToList(cache, [createMonitor.monitor.id]),
      },
    )
    const payload = outcome.data?.createMonitor
    return accept(outcome, payload?.userErrors) ? (payload?.monitor?.id ?? null) : null
  }
  async function update(
    kind: MonitorKind,
    before: { id: string; version: number },
  ): Promise<string | null> {
    const outcome = await edit.mutate({ input: updateInput(draft.value, kind, before) })
    const payload = outcome.data?.updateMonitor
    return accept(outcome, payload?.userErrors) ? (payload?.monitor?.id ?? null) : null
  }

  return {
    save(kind) {
      const before = stored()
      return before ? update(kind, before) : create(kind)
    },
    isSaving: computed(() => creation.isLoading.value || edit.isLoading.value),
  }
}
