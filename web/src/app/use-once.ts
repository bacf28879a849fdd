import { ref, watch, type Ref } from 'vue'

/** True from the first time that `source` is true. */
export function useOnce(source: Readonly<Ref<boolean>>): Readonly<Ref<boolean>> {
  const happened = ref(source.value)
  const stop = watch(
    source,
    (now) => {
      if (!now) return
      happened.value = true
      stop()
    },
    { flush: 'sync' },
  )
  return happened
}
