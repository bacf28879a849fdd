import { readonly, shallowReactive } from 'vue'

export interface Toast {
  id: number
  title: string
  text?: string
  tone: 'plain' | 'good' | 'bad'
  action?: { label: string; run(): void | Promise<void> }
  /** How long it stays; the time stands still while it is pointed at. 0 stays until dismissed. */
  durationMs: number
}

const MOST_AT_ONCE = 4
const list = shallowReactive<Toast[]>([])
let lastId = 0

/** What `Toasts.vue` shows, oldest first. */
export const toasts = readonly(list)

/** Shows a notice; answers a function that takes it away. Bad news and offers to undo stay longer. */
export function showToast(toast: Partial<Toast> & { title: string }): () => void {
  lastId += 1
  const id = lastId
  const tone = toast.tone ?? 'plain'
  const durationMs = toast.durationMs ?? (tone === 'bad' || toast.action ? 10_000 : 5000)
  list.push({ ...toast, id, tone, durationMs })
  if (list.length > MOST_AT_ONCE) list.shift()
  return () => dismissToast(id)
}

export function dismissToast(id: number): void {
  const index = list.findIndex((toast) => toast.id === id)
  if (index >= 0) list.splice(index, 1)
}
