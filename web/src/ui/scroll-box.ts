import { onBeforeUnmount, onMounted, ref, type Ref } from 'vue'

/** How far a box is scrolled, in whole rows' px so that not every pixel draws anew, and how high it is. */
export function useScrollBox(box: Readonly<Ref<HTMLElement | null>>, rowHeight: () => number) {
  const top = ref(0)
  const height = ref(0)
  let observer: ResizeObserver | undefined
  const measure = () => {
    const element = box.value
    if (!element) return
    top.value = Math.floor(element.scrollTop / rowHeight()) * rowHeight()
    height.value = element.clientHeight
  }
  onMounted(() => {
    measure()
    box.value?.addEventListener('scroll', measure, { passive: true })
    observer = new ResizeObserver(measure)
    if (box.value) observer.observe(box.value)
  })
  onBeforeUnmount(() => observer?.disconnect())
  return { top, height }
}
