import { ref, type Ref } from 'vue'

/** Does one thing at a time: while it is under way, another call does nothing. */
export function useBusy(work: () => Promise<void>): {
  isBusy: Ref<boolean>
  run: () => Promise<void>
} {
  const isBusy = ref(false)
  async function run(): Promise<void> {
    if (isBusy.value) return
    isBusy.value = true
    await work().finally(() => (isBusy.value = false))
  }
  return { isBusy, run }
}
