import { nextTick } from 'vue'
import { useShortcuts, type Shortcut } from '../../lib/shortcuts.ts'
import type { ListCursor } from '../../ui/index.ts'

export interface ListKeys {
  cursor: ListCursor
  openId(): string | null
  scrollTo(index: number): void
  open(id: string): void
  close(): void
  create(): void
  focusFilter(): void
}

/** The list by keyboard: j and k move, Enter opens, x selects; the focus goes with the cursor. */
export function useListKeys(keys: ListKeys): void {
  const { current, selected, toggle } = keys.cursor
  const hasCurrent = () => current.value !== null
  const onCurrent = (run: (id: string) => void) => () => {
    if (current.value !== null) run(current.value)
  }
  const open = onCurrent((id) => keys.open(id))
  const canLeave = () => selected.value.size > 0 || keys.openId() !== null
  useShortcuts([
    shortcut('j', 'next', () => move(keys, 1)),
    shortcut('k', 'previous', () => move(keys, -1)),
    shortcut('Enter', 'open', open, () => hasCurrent() && !isOnControl()),
    shortcut(
      'x',
      'select',
      onCurrent((id) => toggle(id)),
      hasCurrent,
    ),
    shortcut(
      'shift+x',
      'selectRange',
      onCurrent((id) => toggle(id, true)),
      hasCurrent,
    ),
    shortcut('Escape', 'leave', () => leave(keys), canLeave),
    shortcut('n', 'new', () => keys.create()),
    shortcut('/', 'filter', () => keys.focusFilter()),
  ])
}

function shortcut(keys: string, name: string, run: () => void, when?: () => boolean): Shortcut {
  const label = `monitors.keys.${name}`
  return { keys, label, group: 'monitors.title', run, ...(when && { when }) }
}

function move(keys: ListKeys, by: number): void {
  const { cursor } = keys
  cursor.current.value ??= keys.openId()
  keys.scrollTo(cursor.move(by))
  const id = cursor.current.value
  void nextTick(() => focusRow(id))
  // Beside an open panel the cursor leafs through the monitors.
  if (id !== null && keys.openId() !== null) keys.open(id)
}

function leave({ cursor, close }: ListKeys): void {
  if (cursor.selected.value.size > 0) cursor.clear()
  else close()
}

function focusRow(id: string | null): void {
  if (id === null) return
  const row = document.querySelector(`[data-monitor="${CSS.escape(id)}"]`)
  row?.querySelector<HTMLElement>('[data-row-link]')?.focus({ preventScroll: true })
}

/** Whether Enter already means something where the focus is. */
function isOnControl(): boolean {
  return document.activeElement?.matches('a, button, input, select, summary') ?? false
}
