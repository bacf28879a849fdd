import { computed, ref, shallowRef, type Ref, type ShallowRef, type WritableComputedRef } from 'vue'

export interface Asked<T> {
  /** What the dialog is about; stays while it closes. */
  item: Readonly<ShallowRef<T | null>>
  isOpen: WritableComputedRef<boolean>
  isBusy: Ref<boolean>
  problem: Ref<string | undefined>
  ask(item: T): void
  confirm(): Promise<void>
}

/** Asks before it does something to an item; `act` answers why it failed, or null. */
export function useAsked<T>(act: (item: T) => Promise<string | null>): Asked<T> {
  const item = shallowRef<T | null>(null)
  const isAsking = ref(false)
  const isBusy = ref(false)
  const problem = ref<string>()

  async function confirm(): Promise<void> {
    if (item.value === null || isBusy.value) return
    isBusy.value = true
    const failure = await act(item.value).finally(() => (isBusy.value = false))
    problem.value = failure ?? undefined
    if (failure === null) isAsking.value = false
  }
  return {
    item,
    isOpen: computed({ get: () => isAsking.value, set: (open) => (isAsking.value = open) }),
    isBusy,
    problem,
    ask(next) {
      item.value = next
      problem.value = undefined
      isAsking.value = true
    },
    confirm,
  }
}
