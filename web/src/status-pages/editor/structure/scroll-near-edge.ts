const EDGE_PX = 48
const STEP_PX = 8

/** Scrolls what holds the element while the pointer is near its upper or lower edge. */
export function scrollNearEdge(element: HTMLElement, scrolled: (y: number) => void) {
  const box = scrollerOf(element)
  let frame = 0
  let y = 0

  function step(): void {
    frame = 0
    const by = speedAt(box.getBoundingClientRect(), y)
    const before = box.scrollTop
    box.scrollTop += by
    if (by === 0 || box.scrollTop === before) return
    scrolled(y)
    frame = requestAnimationFrame(step)
  }
  return {
    at(next: number) {
      y = next
      if (frame === 0) frame = requestAnimationFrame(step)
    },
    stop: () => cancelAnimationFrame(frame),
  }
}

function speedAt({ top, bottom }: DOMRect, y: number): number {
  if (y < top + EDGE_PX) return -STEP_PX
  return y > bottom - EDGE_PX ? STEP_PX : 0
}

function scrollerOf(element: HTMLElement): Element {
  let box = element.parentElement
  while (box && !/auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement
  return box ?? document.documentElement
}
