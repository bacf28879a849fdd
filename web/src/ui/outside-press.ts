import { onScopeDispose, watch, type Ref } from 'vue'

/** While open: a press outside these elements closes, as do scrolling elsewhere and a new size of the window. */
export function useOutsidePress(
  isOpen: Readonly<Ref<boolean>>,
  inside: () => readonly (Element | null)[],
  close: (returnFocus: boolean) => void,
): void {
  const onEvent = (event: Event) => {
    const { target } = event
    const isInside = inside().some((element) => target instanceof Node && element?.contains(target))
    if (!isInside) close(false)
  }
  const EVENTS = ['pointerdown', 'scroll', 'focusin'] as const
  const onResize = () => close(false)

  function listen(open: boolean) {
    const change = open ? 'addEventListener' : 'removeEventListener'
    for (const name of EVENTS) document[change](name, onEvent, true)
    window[change]('resize', onResize)
  }
  const stop = watch(isOpen, listen)
  onScopeDispose(() => {
    stop()
    listen(false)
  })
}
