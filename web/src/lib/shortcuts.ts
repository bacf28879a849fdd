import { computed, onScopeDispose, ref, shallowReactive, watch, type Ref } from 'vue'

export interface Shortcut {
  /** `j`, `?`, `Enter`, `shift+X`, `mod+k` (Ctrl, or Cmd on a Mac) or two keys in turn: `g m`. */
  keys: string
  /** Message key of what it does, for the sheet of shortcuts. */
  label: string
  /** Message key of its group on the sheet. */
  group: string
  run(event: KeyboardEvent): void
  /** Not taken while this answers false; the key then does what it does by default. */
  when?: () => boolean
}

const SEQUENCE_MS = 1000
const registered = shallowReactive(new Set<Shortcut>())
const layers = ref(0)
let pending: { key: string; at: number } | null = null

export const isMac = /Mac|iPhone|iPad/.test(navigator.userAgent)

/** All shortcuts of the present page, for the sheet. */
export const shortcuts = computed(() => [...registered])

/** Takes these keys until the calling component goes. The youngest wins. */
export function useShortcuts(list: readonly Shortcut[]): void {
  for (const shortcut of list) registered.add(shortcut)
  onScopeDispose(() => list.forEach((shortcut) => registered.delete(shortcut)))
}

/** While `isOpen`, a dialog owns the keyboard: only shortcuts with `mod` are heard. */
export function useShortcutLayer(isOpen: Ref<boolean>): void {
  const stop = watch(
    isOpen,
    (open, wasOpen) => (layers.value += Number(open) - Number(!!wasOpen)),
    {
      immediate: true,
    },
  )
  onScopeDispose(() => {
    stop()
    if (isOpen.value) layers.value -= 1
  })
}

/** Starts listening; called once by the app. Answers a function that stops. */
export function listenForShortcuts(target: Window = window): () => void {
  target.addEventListener('keydown', handle)
  return () => target.removeEventListener('keydown', handle)
}

function handle(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing || event.altKey) return
  const pressed = nameOf(event)
  const isFree = layers.value === 0 && !isTyping(event.target)
  if (!isFree && !pressed.startsWith('mod+')) return
  const hit = findAfterPending(pressed, event.timeStamp) ?? find(pressed)
  if (hit) {
    event.preventDefault()
    hit.run(event)
  } else if ([...registered].some(({ keys }) => keys.startsWith(`${pressed} `))) {
    pending = { key: pressed, at: event.timeStamp }
  }
}

/** The shortcut of two keys in turn that this key completes. */
function findAfterPending(pressed: string, at: number): Shortcut | undefined {
  const first = pending
  pending = null
  return first && at - first.at < SEQUENCE_MS ? find(`${first.key} ${pressed}`) : undefined
}

function find(keys: string): Shortcut | undefined {
  return [...registered].reverse().find((each) => each.keys === keys && (each.when?.() ?? true))
}

function nameOf(event: KeyboardEvent): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
  if (isMac ? event.metaKey : event.ctrlKey) return `mod+${key}`
  // Shift is already in a sign such as `?`; it is named for letters and named keys only.
  const isNamed = event.key.length > 1 || event.key.toLowerCase() !== event.key.toUpperCase()
  return event.shiftKey && isNamed ? `shift+${key}` : key
}

/** Whether the key goes into a field, where letters are text. */
function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)) return true
  return target instanceof HTMLInputElement && !/^(checkbox|radio|button|submit)$/.test(target.type)
}
