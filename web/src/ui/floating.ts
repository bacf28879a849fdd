export type Side = 'top' | 'right' | 'bottom' | 'left'
export type Align = 'start' | 'center' | 'end'

interface Box {
  left: number
  top: number
  width: number
  height: number
}
interface Size {
  width: number
  height: number
}
interface Place {
  side: Side
  align: Align
  gap: number
}

const MARGIN_PX = 8

/** Where a floating box goes beside its anchor: on the other side when there is no room, never outside the window. */
export function placeBeside(anchor: Box, box: Size, view: Size, place: Place) {
  const isVertical = place.side === 'top' || place.side === 'bottom'
  const across = isVertical
    ? along(anchor.left, anchor.width, box.width, place.align)
    : along(anchor.top, anchor.height, box.height, place.align)
  const main = isVertical
    ? beside(anchor.top, anchor.height, box.height, view.height, place)
    : beside(anchor.left, anchor.width, box.width, view.width, place)
  const [left, top] = isVertical ? [across, main] : [main, across]
  return { left: inside(left, box.width, view.width), top: inside(top, box.height, view.height) }
}

function along(start: number, length: number, size: number, align: Align): number {
  if (align === 'start') return start
  return align === 'end' ? start + length - size : start + (length - size) / 2
}

function beside(start: number, length: number, size: number, room: number, place: Place): number {
  const before = start - size - place.gap
  const after = start + length + place.gap
  const wantsBefore = place.side === 'top' || place.side === 'left'
  const fitsBefore = before >= MARGIN_PX
  const fitsAfter = after + size <= room - MARGIN_PX
  if (wantsBefore) return fitsBefore || !fitsAfter ? before : after
  return fitsAfter || !fitsBefore ? after : before
}

function inside(start: number, size: number, room: number): number {
  return Math.max(MARGIN_PX, Math.min(start, room - size - MARGIN_PX))
}

/** Shows an element with `popover="manual"` above everything, beside its anchor. */
export function floatBeside(anchor: Element, element: HTMLElement, place: Place): void {
  // Not every test environment knows popovers.
  if ('showPopover' in element && !element.matches(':popover-open')) element.showPopover()
  const { left, top } = placeBeside(
    anchor.getBoundingClientRect(),
    { width: element.offsetWidth, height: element.offsetHeight },
    { width: document.documentElement.clientWidth, height: innerHeight },
    place,
  )
  element.style.left = `${left}px`
  element.style.top = `${top}px`
}
