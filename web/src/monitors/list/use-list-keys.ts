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
  const { cursor } = keys

  function move(by: number): void {
    if (cursor.current.value === null) cursor.current.value = keys.openId()
    keys.scrollTo(cursor.move(by))
    const id = cursor.current.value
    void nextTick(() => focusRow(id))
    // Beside an open panel the cursor leafs through the monitors.
    if (id && keys.openId()) keys.open(id)
  }
  function toggle(isRange: boolean): void {
    if (cursor.current.value) cursor.toggle(cursor.current.value, isRange)
  }
  function leave(): void {
    if (cursor.selected.value.size > 0) cursor.clear()
    else keys.close()
  }

  const hasCurrent = () => cursor.current.value !== null
  const shortcut = (
    name: string,
    run: () => void,
    key: string,
    when?: () => boolean,
  ): Shortcut => ({
    keys: key,
    label: `monitors.keys.${name}`,
    group: 'monitors.title',
    run,
    ...(when && { when }),
  })
  useShortcuts([
    shortcut('next', () => move(1), 'j'),
    shortcut('previous', () => move(-1), 'k'),
    shortcut(
      'open',
      () => cursor.current.value && keys.open(cursor.current.value),
      'Enter',
      () => hasCurrent() && !isOnControl(),
    ),
    shortcut('select', () => toggle(false), 'x', hasCurrent),
    shortcut('selectRange', () => toggle(true), 'shift+x', hasCurrent),
    shortcut('leave', leave, 'Escape', () => cursor.selected.value.size > 0 || !!keys.openId()),
    shortcut('new', keys.create, 'n'),
    shortcut('filter', keys.focusFilter, '/'),
  ])
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
