import type { Target } from './order.ts'

/** A row on the screen. */
export interface Box {
  key: string
  top: number
  bottom: number
}

export interface SectionBox extends Box {
  components: readonly Box[]
}

/** What the dragged row goes before at this height: the first whose middle lies below the pointer. */
export function beforeAt(boxes: readonly Box[], y: number, dragged: string): string | null {
  return (
    boxes.find(({ key, top, bottom }) => key !== dragged && y < (top + bottom) / 2)?.key ?? null
  )
}

/** Where a component is dropped at this height: in the section under the pointer, or the nearest. */
export function targetAt(
  sections: readonly SectionBox[],
  y: number,
  dragged: string,
): Target | null {
  const distance = ({ top, bottom }: Box) => Math.max(top - y, y - bottom, 0)
  const [nearest] = sections.toSorted((a, b) => distance(a) - distance(b))
  if (!nearest) return null
  return { sectionKey: nearest.key, beforeKey: beforeAt(nearest.components, y, dragged) }
}
