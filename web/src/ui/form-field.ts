import { computed, inject, provide, useId, type ComputedRef, type InjectionKey } from 'vue'

interface FieldContext {
  id: string
  labelId: string
  describedBy: ComputedRef<string | undefined>
  isInvalid: ComputedRef<boolean>
  isRequired: ComputedRef<boolean>
}

const KEY: InjectionKey<FieldContext> = Symbol('field')

/** A FormRow tells the field inside it its id, label, help and error. */
export function provideField(row: () => { help?: string; error?: string; required?: boolean }) {
  const id = useId()
  const ids = { id, labelId: `${id}-label`, helpId: `${id}-help`, errorId: `${id}-error` }
  const describedBy = computed(() => {
    const { help, error } = row()
    return [error && ids.errorId, help && ids.helpId].filter(Boolean).join(' ') || undefined
  })
  provide(KEY, {
    ...ids,
    describedBy,
    isInvalid: computed(() => Boolean(row().error)),
    isRequired: computed(() => Boolean(row().required)),
  })
  return { ...ids, describedBy }
}

/** What a field puts on its input; without a FormRow it names itself by `label`. */
export function useFieldAttributes(label: () => string | undefined) {
  const row = inject(KEY, null)
  const ownId = useId()
  return computed(() => ({
    id: row?.id ?? ownId,
    'aria-label': label(),
    'aria-describedby': row?.describedBy.value,
    'aria-invalid': row?.isInvalid.value ? ('true' as const) : undefined,
    'aria-required': row?.isRequired.value ? ('true' as const) : undefined,
  }))
}
