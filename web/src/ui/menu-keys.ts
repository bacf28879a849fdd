import type { Ref } from 'vue'

const TYPED_WITHIN_MS = 700

/** The keys of an open menu: arrows, Home, End, the first letters of an item, Tab and Escape. */
export function useMenuKeys(list: Readonly<Ref<HTMLElement | null>>, close: () => void) {
  let typed = { text: '', at: 0 }
  const items = () => [
    ...(list.value?.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)') ?? []),
  ]

  function focus(which: 'first' | 'last' | number) {
    const all = items()
    const index = which === 'first' ? 0 : which === 'last' ? all.length - 1 : which
    all[(index + all.length) % all.length]?.focus()
  }
  function here() {
    return items().indexOf(document.activeElement as HTMLElement)
  }
  function seek(event: KeyboardEvent) {
    const isGoingOn = event.timeStamp - typed.at < TYPED_WITHIN_MS
    typed = { text: (isGoingOn ? typed.text : '') + event.key.toLowerCase(), at: event.timeStamp }
    const labels = items().map((item) => item.textContent.trim().toLowerCase())
    const index = labels.findIndex((label) => label.startsWith(typed.text))
    if (index >= 0) focus(index)
  }

  const actions: Record<string, () => void> = {
    ArrowDown: () => focus(here() + 1),
    ArrowUp: () => focus(here() < 0 ? 'last' : here() - 1),
    Home: () => focus('first'),
    End: () => focus('last'),
    Escape: close,
    Tab: close,
  }
  function handle(event: KeyboardEvent) {
    const action = actions[event.key]
    const isLetter = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey
    if (!action && !isLetter) return
    event.preventDefault()
    event.stopPropagation()
    if (action) action()
    else seek(event)
  }
  return { focus, handle }
}
