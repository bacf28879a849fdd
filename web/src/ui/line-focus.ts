import { nextTick, type Ref } from 'vue'

/** Moves the focus to a line of a list editor after lines came or went; to the add button when none is left. */
export async function focusLine(root: Ref<HTMLElement | null>, index: number): Promise<void> {
  await nextTick()
  const inputs = root.value?.querySelectorAll<HTMLElement>('[data-line-start]') ?? []
  const next = inputs[Math.max(0, Math.min(index, inputs.length - 1))]
  ;(next ?? root.value?.querySelector<HTMLElement>('[data-add-line]'))?.focus()
}
