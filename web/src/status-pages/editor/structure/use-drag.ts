import { onScopeDispose, shallowRef, type Ref } from 'vue'
import { beforeAt, targetAt, type Box, type SectionBox } from '../model/drop-target.ts'
import type { Target } from '../model/order.ts'
import { scrollNearEdge } from './scroll-near-edge.ts'

/** Less is a shaky press. */
const LEAST_PX = 4

/** What is being dragged, and where it would go. */
export type Dragged =
  | { kind: 'component'; key: string; to: Target | null }
  | { kind: 'section'; key: string; beforeKey: string | null }

/** A press that may begin to drag. */
const isPress = ({ button, isPrimary }: PointerEvent): boolean => button === 0 && isPrimary

export interface Drop {
  section(key: string, beforeKey: string | null): void
  component(key: string, to: Target): void
}

/** Dragging by mouse, pen or finger. Escape gives up. */
export function useDrag(root: Readonly<Ref<HTMLElement | null>>, drop: Drop) {
  const dragged = shallowRef<Dragged | null>(null)
  let stop = () => {}

  function look(kind: Dragged['kind'], key: string, y: number): void {
    const sections = sectionBoxes(root.value)
    dragged.value =
      kind === 'section'
        ? { kind, key, beforeKey: beforeAt(sections, y, key) }
        : { kind, key, to: targetAt(sections, y, key) }
  }
  function finish(): void {
    const done = dragged.value
    stop()
    if (done?.kind === 'section') drop.section(done.key, done.beforeKey)
    else if (done?.to) drop.component(done.key, done.to)
  }
  function start(event: PointerEvent, kind: Dragged['kind'], key: string): void {
    if (!isPress(event)) return
    const handle = event.currentTarget as HTMLElement
    event.preventDefault() // The press would begin a selection of text.
    handle.focus()
    stop()
    const scroller = scrollNearEdge(handle, (y) => look(kind, key, y))
    const deafen = hearPointer(event, {
      moved(y) {
        if (!dragged.value && Math.abs(y - event.clientY) < LEAST_PX) return
        look(kind, key, y)
        scroller.at(y)
      },
      ...{ released: finish, givenUp: () => stop() },
    })
    stop = () => {
      deafen()
      scroller.stop()
      dragged.value = null
    }
  }
  onScopeDispose(() => stop())
  return { dragged, start }
}

interface Hearers {
  moved(y: number): void
  released(): void
  givenUp(): void
}

/** Follows the pointer that was pressed, wherever it goes. Answers a function that stops. */
function hearPointer({ pointerId }: PointerEvent, hearers: Hearers): () => void {
  const listeners = new AbortController()
  const options = { signal: listeners.signal, capture: true }
  const onPointer = (
    name: 'pointermove' | 'pointerup' | 'pointercancel',
    run: (y: number) => void,
  ) =>
    window.addEventListener(
      name,
      (event) => event.pointerId === pointerId && run(event.clientY),
      options,
    )
  onPointer('pointermove', (y) => hearers.moved(y))
  onPointer('pointerup', () => hearers.released())
  onPointer('pointercancel', () => hearers.givenUp())
  window.addEventListener(
    'keydown',
    (event) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopPropagation()
      hearers.givenUp()
    },
    options,
  )
  return () => listeners.abort()
}

function boxOf(element: Element): Box {
  const { top, bottom } = element.getBoundingClientRect()
  return { key: element.getAttribute('data-item') ?? '', top, bottom }
}

function sectionBoxes(root: HTMLElement | null): SectionBox[] {
  return [...(root?.querySelectorAll('[data-kind="section"]') ?? [])].map((section) => ({
    ...boxOf(section),
    components: [...section.querySelectorAll('[data-kind="component"]')].map(boxOf),
  }))
}
